# The seed question: both halves close together and in the title come first.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-search --archive press --any --format json 'nord stream sanctions' |
    jq -r '.hits[0].id'
morgue-search --archive press --format json 'nord stream' |
    jq -r '.hits[-1].id'
