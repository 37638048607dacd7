# --fields chooses what is said of a hit; --spreadsheet keeps it from being a
# formula.
printf '{"id": "=1", "title": "=HYPERLINK(1)", "body": "gas", "date": "2022-02-07"}\n' >evil.jsonl
morgue-index --quiet --archive press evil.jsonl
export MORGUE_ARCHIVE=press
morgue-search --format csv --fields title,date,id gas
morgue-search --format csv --fields title,date,id --spreadsheet gas
morgue-search --format tsv --facet year --spreadsheet gas
morgue-search --format jsonl --fields title,body gas | head -n 1
echo "{\"request\": \"search\", \"query\": \"gas\", \"fields\": [\"date\", \"title\"]}" |
    morgue-search --serve | jq -c .hits
echo "== refused"
morgue-search --fields title gas 2>&1
morgue-search --format csv --fields colour gas 2>&1
morgue-search --format json --fields title --count gas 2>&1
morgue-search --format json --spreadsheet gas 2>&1
echo "exit $?"
