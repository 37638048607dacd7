# Every example in the manual pages works: none ends with an error (2).
mkdir articles
cp "$MORGUE_DATA"/folder/*.txt articles
gzip <"$MORGUE_DATA/press.jsonl" >wire.jsonl.gz
cp "$MORGUE_DATA/mixed.jsonl" new.jsonl
sed -i '2,$d' new.jsonl
examples()
{
    find "$MORGUE_BUILD" "$MORGUE_DATA/../../../docs" -name "$1.[17]" -exec sed -n 's/^\.Dl \$ //p' {} + |
        sed 's/\\(dq/"/g; s/\\(aq/'"'"'/g; s/\\e/\\/g'
}
{
    examples morgue-index
    examples morgue-search
    examples morgue-query
} >commands
[ "$(wc -l <commands)" -ge 8 ] || echo "examples are missing"
while IFS= read -r command <&3; do
    bash -o pipefail -c "$command" >output 2>messages
    status=$?
    [ $status -le 1 ] || { echo "$command: exit $status"; cat messages; }
done 3<commands
