# What cannot be printed is an error, exit status 2; the run itself is done.
. "$MORGUE_DATA/keeper.sh"
echo '{"id":"a","title":"New","body":"x"}' >a.jsonl
try()
{
    echo "== $*"
    "$@" >/dev/full
    echo "exit $?"
}
{
    try morgue-search --archive press keeper
    try morgue-search --archive press --format json keeper
    try morgue-search --archive press --count keeper
    try morgue-search --archive press --show keeper
    try morgue-search --help
    try morgue-index --version
    try morgue-index --archive press --dump
    try morgue-index --archive press --verify
    try morgue-index --archive press a.jsonl
    echo "== closed"
    morgue-search --archive press keeper >&-
    echo "exit $?"
    echo '{"id":"b","title":"Newer","body":"y"}' >b.jsonl
    morgue-index --archive press --quiet b.jsonl >&- 2>&-
    echo "exit $?"
    morgue-index --archive press - <&-
    echo "exit $?"
} 2>&1
seq 2000 | jq -c '{id: "n\(.)", body: "enough to fill a pipe, and more"}' |
    morgue-index --archive press --quiet -
env --default-signal=PIPE morgue-index --archive press --dump | head -c 1
echo " ${PIPESTATUS[0]}"
kept
