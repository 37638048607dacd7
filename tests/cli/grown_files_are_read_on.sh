# A log that grows, plain or by gzip members, is read on from where it ended.
counts='[.read, .added, .updated, .unchanged, .rejected]'
index()
{
    morgue-index --archive press --format json "$@" | jq -c "$counts"
}
head -n 3 "$MORGUE_DATA/press.jsonl" >a.jsonl
sed -n '4,5p' "$MORGUE_DATA/press.jsonl" | gzip >b.jsonl.gz
index a.jsonl b.jsonl.gz
sed -n '6p' "$MORGUE_DATA/press.jsonl" >>a.jsonl
sed -n '7p' "$MORGUE_DATA/press.jsonl" | gzip >>b.jsonl.gz
index a.jsonl b.jsonl.gz
index a.jsonl b.jsonl.gz
index --rescan a.jsonl b.jsonl.gz
morgue-search --archive press --count '*'
