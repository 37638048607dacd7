# Values of options that cannot be: exit status 2, and nothing is done.
. "$MORGUE_DATA/keeper.sh"
echo '{"id":"a","title":"New","body":"x"}' >a.jsonl
while read -r -a options; do
    index "${options[@]}" a.jsonl | grep -v '^Try'
done <<'OPTIONS'
--jobs 0
--jobs 257
--jobs two
--memory 1
--memory 5Q
--memory 99999999999999T
--merge-budget -1
--from pdf
--format xml
--language klingon
--base nowhere
--nosuch
OPTIONS
index --memory
morgue-index --archive new --from pdf a.jsonl 2>/dev/null || ls
while read -r -a options; do
    morgue-search --archive press "${options[@]}" keeper 2>&1
    echo "exit $?"
done <<'OPTIONS' | grep -v '^Try'
--limit -1
--limit 99999999999999999999
--offset x
--sort upwards
--since 2022-02-30
--format pdf
OPTIONS
kept
