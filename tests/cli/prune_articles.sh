# --prune: articles whose file is gone; an empty folder may be a missing disk;
# a file that comes back is read again.
mkdir -p in/day1 in/day2
echo '{"id":"a","title":"Alpha","body":"one"}' >in/day1/a.jsonl
echo '{"id":"b","title":"Beta","body":"two"}' >in/day1/b.jsonl
echo '{"id":"c","title":"Gamma","body":"three"}' >in/day2/c.jsonl
echo '{"id":"p","title":"Piped","body":"four"}' >piped
morgue-index --quiet --archive press in
morgue-index --quiet --archive press - <piped
titles()
{
    morgue-search --archive press --format json '*' |
        jq -c '[.hits[].title] | sort'
}
mv in/day1/b.jsonl in/day2/c.jsonl .
morgue-index --archive press --dry-run --prune
titles
morgue-index --archive press --verbose --prune
echo "exit $?"
titles
rmdir in/day2
morgue-index --archive press --prune --purge
titles
mv b.jsonl in/day1
morgue-index --archive press in
titles
