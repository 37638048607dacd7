# An id of 5 kB, 10,000 authors, fields of 300 kB, one id a thousand times.
. "$MORGUE_DATA/keeper.sh"
id=$(head -c 5000 /dev/zero | tr '\0' i)
echo "{\"id\":\"$id\",\"title\":\"Long id\",\"body\":\"x\"}" >id.jsonl
index id.jsonl
morgue-search --archive press --show "$id" | head -n 1
morgue-search --archive press --count "id:$id"
echo "{\"id\":\"$id\",\"title\":\"Again\",\"body\":\"x\"}" >id.jsonl
index id.jsonl
morgue-search --archive press --show "$id" | head -n 1
seq 10000 | jq -cs '{id: "crowd", title: "Crowd", body: "x",
    authors: map("Author N\(.)")}' >authors.jsonl
index authors.jsonl
morgue-search --archive press --count author:n10000
long=$(head -c 300000 /dev/zero | tr '\0' y)
for field in id url title source section language; do
    echo "{\"id\":\"long $field\",\"body\":\"x\",\"$field\":\"$long\"}"
done >fields.jsonl
for field in authors tags; do
    echo "{\"id\":\"long $field\",\"body\":\"x\",\"$field\":[\"$long\"]}"
done >>fields.jsonl
index fields.jsonl
seq 1000 | jq -c '{id: "same", title: "Take \(.)", body: "sametext"}' >same.jsonl
index same.jsonl
morgue-search --archive press --count sametext
morgue-search --archive press --format json sametext | jq -r '.hits[].title'
kept
