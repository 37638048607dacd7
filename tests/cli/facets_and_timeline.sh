# What matches is counted by source, section and time, in every format.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
export MORGUE_ARCHIVE=press
morgue-search --facet source,year 'sanctions gas'
echo "== timeline"
morgue-search --timeline month --since 2022-01 --until 2022-05 gas
echo "== csv"
morgue-search --facet source --top 1 --format csv sanctions
echo "== tsv"
morgue-search --timeline year --format tsv sanctions
echo "== json"
morgue-search --facet section --timeline year --format json sanctions |
    jq -c '.schema, .total, .facets, .timeline'
echo "== jsonl"
printf 'gas\nzeppelin\n' |
    morgue-search --batch --facet source --top 1 --format jsonl |
    jq -c 'del(.archive, .took_ms)'
echo "== nothing"
morgue-search --facet source zeppelin 2>&1
echo "exit $?"
echo "== refused"
morgue-search --facet colour gas 2>&1
morgue-search --facet source --format trec gas 2>&1
morgue-search --facet source --count gas 2>&1
morgue-search --timeline month --batch </dev/null 2>&1
morgue-search --top 0 gas 2>&1
echo "== all ids"
morgue-search --all --format ids sanctions | wc -l
morgue-search --count sanctions
morgue-search --all --limit 3 sanctions 2>&1
echo "exit $?"
