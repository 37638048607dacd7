# --dump-articles writes what the readers see; an archive is neither needed nor
# made, and what it writes can be read again.
cp "$MORGUE_DATA/mixed.jsonl" .
morgue-index --dump-articles mixed.jsonl >read.jsonl
status=$?
jq -r '.title // "-"' read.jsonl
articles()
{
    jq -c 'del(.path, .member, .offset, .length, .digest)' "$@" # they tell where each came from
}
diff <(morgue-index --quiet --dump-articles read.jsonl | articles) \
    <(articles read.jsonl) && echo "the same again"
ls
morgue-index --quiet --dump-articles - </dev/null && echo "nothing"
morgue-index --dump-articles
echo "without a source: $?"
morgue-index --dump-articles missing
echo "a missing source: $?"
exit $status
