# However many hits are asked for, they are the first of the same order.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
hits()
{
    morgue-search --archive press --any --format trec "$@" | cut -d ' ' -f 3,5
}
for query in 'nord stream sanctions' 'nord stream gas pipeline talks' \
    'stream sanctions moscow'; do
    hits --limit 100 "$query" >all
    [ "$(wc -l <all)" -gt 5 ] || echo "too few hits: $query"
    for limit in 1 2 3 5; do
        hits --limit "$limit" "$query" | diff <(head -n "$limit" all) -
        hits --offset "$limit" --limit 2 "$query" |
            diff <(tail -n "+$((limit + 1))" all | head -n 2) -
    done
done
