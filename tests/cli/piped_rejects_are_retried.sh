# What came through a pipe and was rejected is tried again from what was kept: it
# goes from the list once it is taken, and else stays where it was, once. What
# was not kept whole, or is no line of JSON, stays.
export MORGUE_ARCHIVE=press
{
    echo 'x,y'
    echo '{"id":"a","title":"A"}'
    printf '{"id":"b","title":"B \xff"}\n'
    echo 'neither'
    printf '{"id":"long","title":"L","body":"%70000s"}\n' x
} | morgue-index --quiet --from csv - 2>/dev/null
echo '{"id":"c"}' | morgue-index --quiet - 2>/dev/null
morgue-index --rejects --format json | jq -c '[.reason, .line, .format, .offset]'
morgue-index --retry-rejects 2>&1
echo "exit $?"
morgue-index --retry-rejects --from jsonl 2>&1
echo "exit $?"
morgue-index --rejects --format json | jq -c '[.reason, .line, .format, .offset]'
morgue-index --retry-rejects --from jsonl --quiet 2>&1
morgue-index --rejects | wc -l
morgue-index --dump | jq -c '[.id, .title, .path, .offset]'
