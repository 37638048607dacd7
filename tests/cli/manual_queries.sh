# Every query in morgue-query(7) is understood.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
page=$MORGUE_DATA/../../../docs/morgue-query.7
sed -n 's/^\.It Li //p' "$page" | sed 's/\\(dq/"/g; s/ , /\n/g' >queries
[ "$(wc -l <queries)" -ge 40 ] || echo "queries are missing"
while IFS= read -r query; do
    morgue-search --archive press --count -- "$query" >count 2>messages
    status=$?
    [ $status -le 1 ] || { echo "$query: exit $status"; cat messages; }
done <queries
