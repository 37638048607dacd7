# A second indexer says who writes and since when, and ends at once with 75.
. "$MORGUE_DATA/keeper.sh"
echo '{"id":"a","title":"Other","body":"x"}' >a.jsonl
mkfifo pipe
morgue-index --archive press --quiet - <pipe &
first=$!
exec 3>pipe
for ((i = 0; i < 500; i++)); do
    grep -qs '^since' press/lock && break
    sleep 0.02
done
index a.jsonl | sed -E "s/process $first on host [^ ]+ since [0-9-]+T[0-9:]+Z/process FIRST on host HOST since THEN/"
morgue-search --archive press --count '*'
echo '{"id":"b","title":"First","body":"x"}' >&3
exec 3>&-
wait $first
echo "the first: exit $?"
morgue-search --archive press --count '*'
index a.jsonl
morgue-search --archive press --count '*'
kept
