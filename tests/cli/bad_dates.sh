# A date that cannot be is left out with a warning; the article is taken.
. "$MORGUE_DATA/keeper.sh"
for date in 9999-12-31 9999-12-31T23:59:59-12:00 10000-01-01 0000-00-00 \
    0000-01-01 -0044-03-15 2022-02-30 2022-13-01 1969-12-31 2022-02-07; do
    echo "{\"id\":\"$date\",\"body\":\"x\",\"date\":\"$date\"}"
done >dates.jsonl
echo '{"id":"number","body":"x","date":1e300}' >>dates.jsonl
index --verbose dates.jsonl | grep -v "^morgue-index: read"
morgue-search --archive press --format jsonl --sort newest --limit 100 x |
    jq -r 'select(.date).date'
morgue-search --archive press --count x
kept
