# Options end at the first word of the query; -- ends them before it.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-search --archive press --count gas -price
morgue-search --archive press --count -- '*' -gas
MORGUE_ARCHIVE=press morgue-search --count gas
morgue-search -apress -n1 -o 1 -f json --sort=oldest '*' | jq -r '.hits[].id'
