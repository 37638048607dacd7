# Bad articles are named and kept, good ones get in, exit status 1.
cp "$MORGUE_DATA/mixed.jsonl" .
morgue-index --archive press --format json mixed.jsonl >summary
status=$?
jq -c '[.read, .added, .updated, .unchanged, .rejected]' summary
morgue-search --archive press --count good article
exit $status
