# What --dump prints makes the same archive again.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-index --archive press --dump >dump.jsonl
morgue-index --quiet --archive again dump.jsonl
articles()
{
    jq -c 'del(.path, .member, .offset, .length, .digest)' "$@" # they tell where each came from
}
diff <(articles dump.jsonl) <(morgue-index --archive again --dump | articles) &&
    echo same
morgue-search --archive again --count '"nord stream"'
