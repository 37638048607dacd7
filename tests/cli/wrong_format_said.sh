# --from that does not fit: all is rejected or read as told, nothing is lost.
. "$MORGUE_DATA/keeper.sh"
printf 'A letter\n\nIt is no JSON.\n' >letter.txt
index --from jsonl letter.txt
echo '{"id":"a","title":"New","body":"x"}' >a.jsonl
index --from text a.jsonl
morgue-search --archive press --format jsonl '*' |
    jq -r 'select(.type == "hit").title' | sort
kept
touch letter.txt
index letter.txt
morgue-search --archive press --count letter
