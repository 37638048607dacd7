# A line of 100 MB is too large, and does not take memory without end.
. "$MORGUE_DATA/keeper.sh"
huge()
{
    printf '{"id":"huge","title":"t","body":"'
    head -c 100000000 /dev/zero | tr '\0' x
    printf '"}\n{"id":"next","title":"Next","body":"after it"}\n'
}
huge | morgue-index --archive press --format json - >summary
echo "exit $?"
jq -r '[.read, .added, .rejected] | join(" ")' summary
jq -r 'if .peak_bytes < 900e6 then "memory is bounded" else .peak_bytes end' \
    summary
morgue-search --archive press --count '"after it"'
kept
