# --format kwic: every occurrence in its context, aligned, with the article's id.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
export MORGUE_ARCHIVE=press
morgue-search --format kwic --limit 2 '"nord stream" (gas OR sanctions)'
echo "== on a screen of 60 columns"
script -qec "stty cols 60; TERM=dumb morgue-search --format kwic --limit 1 gas" \
    /dev/null </dev/null | tr -d '\r'
echo "== no words"
morgue-search --format kwic date:2022-02-07
echo "exit $?"
