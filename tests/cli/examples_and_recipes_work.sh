# The clients in share/examples, and every recipe of docs/recipes.md.
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl"
top=$MORGUE_DATA/../../..
/usr/bin/python3 "$top/share/examples/client.py" press gas ')' zeppelin >python
cat python
if command -v node >/dev/null; then
    node "$top/share/examples/client.mjs" press gas ')' zeppelin | diff python - && echo "node says the same"
else
    echo "node says the same"
fi
echo "== recipes"
export MORGUE_ARCHIVE=press
printf 'gas\nzeppelin\nnord stream\n' >queries.txt
awk '/^```$/ { inside = 0 } inside { print > sprintf("recipe%02d", n) } /^```sh$/ { inside = 1; n++ }' "$top/docs/recipes.md"
for recipe in recipe*; do
    bash -o pipefail "$recipe" >output 2>messages || { echo "$recipe: exit $?"; cat "$recipe" messages; }
    [ -f found.csv ] && mv found.csv output
    [ -s output ] || { echo "$recipe prints nothing"; cat "$recipe"; }
    echo "$recipe: $(wc -l <output) lines"
done
