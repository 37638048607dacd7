# Nothing found: exit status 1, and machine formats never fall back.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-search --archive press --format json gas zeppelin |
    jq -c '[.total, .hits]'
morgue-search --archive press --format jsonl gas zeppelin | jq -r .type
morgue-search --archive press --format trec gas zeppelin
