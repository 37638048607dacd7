# What is no text, or no article: each is named with its line and kept.
. "$MORGUE_DATA/keeper.sh"
echo "== not UTF-8, and NUL bytes"
printf '{"id":"u1","title":"Caf\xe9","body":"bad \xff\xfe bytes"}\n' >bytes.jsonl
printf '{"id":"u2","title":"Nul","body":"a\\u0000b raw\x00nul"}\n' >>bytes.jsonl
index --verbose bytes.jsonl
printf 'Caf\xe9\n\nIn an old encoding: \x93quoted\x94.\n' >old.txt
index --verbose old.txt
morgue-search --archive press --format json quoted |
    jq -r '.hits[].snippets[].text'
printf 'Title\n\nbody\x00nul\n' >nul.txt
index nul.txt
echo "== binary and empty files"
head -c 9999 "$MORGUE_BUILD/indexer/morgue-index" >program
index program
: >empty
index empty
echo "== JSON cut in the middle"
printf '{"id":"c1","title":"t","body":"whole"}\n{"id":"c2","body":"cu' >cut.jsonl
index cut.jsonl
printf '[{"id":"d1","title":"t","body":"whole"},\n{"id":"d2","body":"c' >cut.json
index cut.json
echo "== wrong types, and what is missing"
cat >types.jsonl <<'ARTICLES'
{"id":"w1","title":5,"body":"x"}
{"id":{"a":1},"title":"t","body":"x"}
{"id":"w3","title":"t","body":{"a":1}}
[1,2]
7
"text"
null
{}
{"id":"w9","title":"","body":" "}
{"id":"w10","title":"Only a title","body":""}
{"id":"w11","title":"Wrong author","body":"x","authors":7}
ARTICLES
index types.jsonl
morgue-search --archive press --format jsonl --limit 100 '*' |
    jq -r 'select(.type == "hit").title' | sort
kept
# UTF-8 that was read as Windows-1252, once or twice, is what it was again.
cat >mojibake.jsonl <<'END'
{"id":"m1","title":"Itâ€™s a cafÃ©","body":"â€œNo,â€\u009d she said. Ã¢â‚¬â„¢Tis"}
{"id":"m2","title":"„Spaß“","body":"IRMû"}
END
morgue-index --archive mojibake mojibake.jsonl 2>&1
morgue-index --archive mojibake --dump | jq -c '[.title, .body]'
