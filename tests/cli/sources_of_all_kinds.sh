# A folder (without what is hidden), gzip of two members, and stdin at once.
head -n 4 "$MORGUE_DATA/press.jsonl" | gzip >wire
tail -n +5 "$MORGUE_DATA/press.jsonl" | gzip >>wire
echo '{"title":"From a pipe","body":"It has neither id nor URL."}' |
    morgue-index --archive press --format json "$MORGUE_DATA/folder" wire - |
    jq -c '[.read, .added, .rejected]'
morgue-search --archive press --count '*'
morgue-search --archive press --format json ferry | jq -r '.hits[].title'
morgue-search --archive press --count hidden folders
