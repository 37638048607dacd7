# One article whole, as text and as JSON; an id that is not there.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-search --archive press --show p4
morgue-search --archive press --format json --show p4 | jq -r .title
morgue-search --archive press --show nosuch
