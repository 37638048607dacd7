# --rejects lists what was not taken, --retry-rejects reads it again: what is
# mended goes from the list, what is not stays, once.
printf '{"id":"a","title":"A"}\nbroken\n' >a.jsonl
printf 'x\n{"id":"b","title":"B"}\n{"id":"c"}\n' >b.jsonl
morgue-index --quiet --archive press --from jsonl a.jsonl b.jsonl 2>/dev/null
echo broken | morgue-index --quiet --archive press --from jsonl - 2>/dev/null
morgue-index --archive press --rejects
echo "exit $?"
printf '{"id":"a","title":"A"}\n{"id":"d","title":"D"}\n' >a.jsonl
morgue-index --archive press --from jsonl --retry-rejects 2>/dev/null
echo "exit $?"
morgue-index --archive press --rejects
morgue-index --archive press --rejects --format json | jq -c '[.reason, .line]'
printf '{"id":"b","title":"B"}\n' >b.jsonl
morgue-index --archive press --retry-rejects --quiet
echo "exit $?"
morgue-index --archive press --rejects
morgue-search --archive press --count '*'
