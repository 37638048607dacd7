# A summary whose sum holds; the second run adds nothing.
counts='[.read, .added, .updated, .unchanged, .rejected]'
morgue-index --archive press --format json "$MORGUE_DATA/press.jsonl" |
    jq -c "$counts"
morgue-index --archive press --format json "$MORGUE_DATA/press.jsonl" |
    jq -c "$counts | .[1:3]"
morgue-search --archive press --count '*'
