# A URL of any length finds its article; terms are cut, never dropped.
url=https://press.example/$(printf 'a%.0s' {1..3000})
printf '{"id":"long","title":"Long","url":"%s"}\n' "$url" >long.jsonl
morgue-index --quiet --archive press long.jsonl
morgue-search --archive press --count "url:$url"
