# --degraded: a damaged archive is searched without what is damaged, and every
# answer says what is missing.
for day in 1 2; do
    echo '{"id":"'$day'","title":"Day '$day'","body":"the news"}' |
        morgue-index --quiet --archive press --merge-budget 0 -
done
morgue-search --archive press --degraded --count '*'
file=$(ls -d press/segments/* | sort -V | head -n 1)/postlist.glass
truncate -s 100 "$file"
morgue-search --archive press --count '*' 2>/dev/null
echo "exit $?"
morgue-search --archive press --degraded --count '*'
morgue-search --archive press --degraded --format json news |
    jq -c '[.archive.missing_segments, .archive.missing_articles, .hits[].id]'
rm -r press/segments/*
morgue-search --archive press --degraded news
echo "exit $?"
morgue-search --archive press --degraded --timeline year --format json news |
    jq -c '[.archive.missing_segments, .total.value]'
