# A query that is not understood is an error with a caret, never a guess.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
while IFS= read -r query; do
    morgue-search --archive press -- "$query"
    echo "$query: exit $?"
done <<'QUERIES'
(gas
gas)
"nord stream
gas AND
OR gas
-
gas oil OR coal
nosuchfield:gas
()
QUERIES
