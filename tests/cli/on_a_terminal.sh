# Only on a terminal: colours, and the best partial matches when nothing has all
# the words (exit status 1). Elsewhere neither.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
export TERM=xterm COLUMNS=72
on_terminal()
{
    script --quiet --return --command "$*" /dev/null </dev/null |
        tr -d '\r' | sed 's/\x1b/<ESC>/g'
    echo "exit ${PIPESTATUS[0]}"
}
found=(morgue-search --archive press --limit 1)
on_terminal "${found[@]}" gas
NO_COLOR=1 on_terminal "${found[@]}" gas
TERM=dumb on_terminal "${found[@]}" gas
NO_COLOR=1 on_terminal "${found[@]}" stream zeppelin
NO_COLOR=1 on_terminal "${found[@]}" --count stream zeppelin
NO_COLOR=1 on_terminal "${found[@]}" --format trec stream zeppelin
NO_COLOR=1 on_terminal "${found[@]}" zeppelin 2>&1
NO_COLOR=1 on_terminal "${found[@]}" stream -stream
"${found[@]}" stream zeppelin
echo "exit $?"
