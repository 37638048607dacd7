# --count prints a number and nothing else; none found is exit status 1.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-search --archive press --count gas
morgue-search --archive press --count zeppelin
