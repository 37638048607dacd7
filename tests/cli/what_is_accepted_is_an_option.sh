# What is accepted can be set, for a run and for --dump-articles.
cp "$MORGUE_DATA"/formats/page.html "$MORGUE_DATA"/formats/table.csv .
python3 - <<'PYTHON'
import zipfile
with zipfile.ZipFile('in.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('a.txt', 'A\n\nx')
    z.writestr('b.txt', 'B\n\n' + 'y ' * 200000)
with zipfile.ZipFile('out.zip', 'w') as z:
    z.write('in.zip')
PYTHON
titles()
{
    morgue-index --quiet --dump-articles "$@" 2>&1 | jq -Rr 'fromjson? // . | .title? // .'
    echo "status ${PIPESTATUS[0]}"
}
titles in.zip
titles --accept members=1 in.zip
titles --accept ratio=3,unpacked=1K in.zip
titles --accept article=100K in.zip
titles --accept depth=1 out.zip
titles --accept page=1K page.html
titles --accept article=4 table.csv
morgue-index --archive a --accept article=100K in.zip 2>&1
for limits in nosuch=1 ratio=0 article=1T article=129M article= =; do
    titles --accept "$limits" in.zip
done
morgue-index --archive a --accept ratio=9 --status
echo "status $?"
