# Mistakes on the command line: exit status 2, a line on stderr, no results.
mkdir empty
echo not an archive >file
try()
{
    "$@"
    echo "exit $?"
}
try morgue-search --archive nowhere gas
try morgue-search --archive empty gas
try morgue-search --archive file gas
try morgue-search gas
try morgue-search --archive press
try morgue-search --archive press --nosuch gas
try morgue-search --archive press --limit many gas
try morgue-search --archive press --format nosuch gas
try morgue-search --archive press --since 2022-13 gas
try morgue-index --archive press
try morgue-index --archive press nowhere.jsonl
try morgue-index "$MORGUE_DATA/press.jsonl"
try morgue-index --archive file "$MORGUE_DATA/press.jsonl"
try morgue-index --archive press --language klingon "$MORGUE_DATA/press.jsonl"
