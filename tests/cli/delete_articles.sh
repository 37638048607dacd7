# --delete: by id, from stdin, with a dry run; --purge takes the bytes away.
morgue-index --quiet --archive press - <<'NEWS'
{"id":"a","title":"Alpha","body":"keep this"}
{"id":"b","title":"Beta","body":"xylophone secret"}
{"id":"c","title":"Gamma","body":"third"}
{"id":"d","title":"Delta","body":"fourth"}
NEWS
morgue-index --archive press --dry-run --delete b
morgue-index --archive press --delete b nosuch
echo "exit $?"
morgue-search --archive press --count '*' xylophone
grep -c xylophone press/segments/*/vocabulary
printf 'c\n\nd\n' | morgue-index --archive press --purge --delete -
echo "exit $?"
grep -c xylophone press/segments/*/vocabulary
ls press/segments | wc -l
morgue-index --archive press --verify | sed 's/ in .*//'
jq -c '[.command, .deleted, .missing, .articles]' press/runs.jsonl
morgue-index --quiet --archive press --delete a
morgue-search --archive press --count '*'
morgue-index --archive nowhere --delete a
