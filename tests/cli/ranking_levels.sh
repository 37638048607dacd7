# Ranking changes the order alone; --expand says what it added.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
for ranking in neighbours pairs words bm25; do
    morgue-search --archive press --ranking "$ranking" --limit 1000 \
        --format tsv gas price | sort -t$'\t' -k3 | cut -f3 | cksum
done | sort -u | wc -l
morgue-search --archive press --expand --format json 'nord stream' |
    jq -c '[(.added | length > 0 and length <= 20), (.hits | length > 0)]'
morgue-search --archive press --expand -n 1 'nord stream' | tail -n 1 |
    sed 's/[0-9][0-9]*/N/g'
morgue-search --archive press --expand --count gas
morgue-search --archive press --ranking luck gas
