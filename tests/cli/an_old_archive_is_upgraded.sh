# An archive of the first stored form, made by the program of that time: it can
# be looked at, is refused otherwise, and --upgrade makes it a present one in a
# single generation, with nothing lost.
tar -xzf "$MORGUE_DATA/form-1.tar.gz"
export MORGUE_ARCHIVE=press
versions()
{
    sed -n 's/^# \(generation\|analyzer\|record\) /\1 /p' press/XAPIANDB
    grep -c '^# segment' press/XAPIANDB
}
morgue-index --verify
morgue-index --status | grep pending
morgue-index --dump >before.jsonl
morgue-search ferries
echo "exit $?"
echo '{"id": "new", "title": "New", "body": "News."}' | morgue-index -
echo "exit $?"
morgue-index --delete p1
echo "exit $?"
morgue-index --optimize
echo "exit $?"
versions
morgue-index --upgrade --quiet
echo "exit $?"
versions
morgue-index --verify
morgue-index --dump | cmp - before.jsonl && wc -l <before.jsonl
morgue-search --format ids --sort newest '*'
morgue-index --format json - <before.jsonl | jq -c '[.unchanged, .updated]'
morgue-index --upgrade --quiet && versions
