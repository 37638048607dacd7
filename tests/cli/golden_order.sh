# The sample's queries find first what they must, in that order.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl" \
    "$MORGUE_SAMPLE/text"
queries=0
while IFS=$'\t' read -r query ids; do
    expected=${ids//,/ }
    count=$(wc -w <<<"$expected")
    found=$(morgue-search --archive press --format json "$query" |
        jq -r --argjson count "$count" \
            '[.hits[].id | sub(".*/text/"; "text/")] |
                if $count > 0 then .[:$count] else . end | join(" ")')
    [ "$found" = "$expected" ] || echo "$query: $found, not $expected"
    queries=$((queries + 1))
done <"$MORGUE_SAMPLE/queries.tsv"
echo "$queries queries"
