# How each date is known; a crawl's or a file's is none of publication, and
# what has no other is found as undated.
page() # HEAD
{
    printf '<!doctype html><html><head><title>Bridge</title>%s</head><body>' "$1"
    printf '<h1>Bridge</h1><article><p>%s</p></article></body></html>' \
        "$(printf 'The bridge over the harbour is open again. %.0s' {1..9})"
}
record() # URL
{
    printf 'WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\n' "$1"
    printf 'WARC-Date: 2022-02-09T03:00:00Z\r\nContent-Type: text/html\r\n'
    printf 'Content-Length: %d\r\n\r\n%s\r\n\r\n' "$(page '' | wc -c)" \
        "$(page '')"
}
mkdir in
{
    record https://b.example/1
    record https://b.example/2022/02/07/2
} >in/crawl.warc
page '' >in/3.html
echo 'Bridge' >in/4.txt
touch -d 2022-02-10T04:00:00Z in/3.html in/4.txt
page '<meta name="dc.date" content="2022-02-07 18:45">' >in/5.html
cat >in/6.jsonl <<END
{"id":"6","title":"a","date":"2022-02-07T18:45:00+01:00"}
{"id":"7","title":"a","date":"Feb 7, 2022"}
{"id":"8","title":"a","created_at":1644259500}
{"id":"9","title":"a","date_download":"2022-02-11"}
{"id":"10","title":"a","date":"2999-01-01"}
{"id":"11","title":"a","date":"2022-02-07","dating":"text"}
{"id":"12","title":"a","date":"2022-02-07","dating":"crawl"}
END
known()
{
    jq -c '[.id // .title, .date, .dating, .seen]' "$@" | sed "s|$PWD/||"
}
morgue-index --quiet --archive a in
morgue-index --archive a --dump | tee dump.jsonl | known
search()
{
    morgue-search --archive a --format json --sort oldest "$@"
}
echo undated
search --limit 99 date:unknown | jq -r '.hits[].id' | sed "s|$PWD/||"
search --count date:unknown date:2022 | jq .total.value
search --count 'title:a -date:unknown' | jq .total.value
search 'tag:x OR (date:unknown a)' | jq -c '.hits[0] | keys'
search id:7 | jq -c '.hits[] | [.date, .dating, .zone]'
for id in 7 8 9 https://b.example/2022/02/07/2 "$PWD/in/3.html"; do
    morgue-search --archive a --show "$id" | grep '^date'
done
morgue-index --quiet --archive again dump.jsonl
diff <(known dump.jsonl) <(morgue-index --archive again --dump | known) &&
    echo same
touch in/4.txt
morgue-index --archive a in 2>&1 | grep -o '[0-9]* updated'
