# Machine answers say what they are of, and --as-generation takes no other.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
export MORGUE_ARCHIVE=press
now=$(morgue-search --format json --limit 0 gas | jq .archive.generation)
what='.schema, .type, .parsed, (.archive | keys_unsorted), .archive.analyzer,
      .total, .took_ms >= 0'
for format in json jsonl; do
    morgue-search --count --format $format gas | jq -c "[$what]"
done
printf 'gas\n(\n' | morgue-search --batch --count --format json 2>/dev/null |
    jq -c '.total // .error'
echo "== the generation that is there"
morgue-search --as-generation "$now" --count gas
echo "== one that is not"
for generation in $((now - 1)) $((now + 1)); do
    morgue-search --as-generation $generation gas 2>&1
    echo "exit $?"
done
morgue-search --as-generation $((now + 1)) --show mer-220107-nato 2>&1
morgue-search --as-generation $((now + 1)) --format json gas 2>/dev/null |
    jq -c .error
morgue-search --as-generation 0 gas 2>&1 | head -n 1
