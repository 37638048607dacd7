# --show ID --raw prints the bytes that an article was made of: of a line, a
# message, a record of a WARC, a member of a container; or says that they are
# gone or changed.
mkdir in
cp "$MORGUE_DATA"/press.jsonl in/plain.jsonl
head -n 3 in/plain.jsonl | sed 's/"id": *"/&z/' | tee zipped | gzip >in/z.jsonl.gz
cp "$MORGUE_DATA"/formats/letters.mbox "$MORGUE_DATA"/formats/table.csv \
    "$MORGUE_DATA"/formats/feed.json "$MORGUE_DATA"/formats/{nitf,wiki}.xml in
page()
{
    printf '<!doctype html><html><head><title>%s</title></head><body>' "$1"
    printf '<article><p>%s</p></article></body></html>' \
        "$(printf 'The bridge over the harbour is open again. %.0s' {1..9})"
}
record() # URL
{
    printf 'WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\n' "$1"
    printf 'Content-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' \
        "$(page "$1" | wc -c)" "$(page "$1")"
}
for i in 1 2 3; do record "http://w/$i" | gzip -n; done >in/members.warc.gz
for i in 4 5 6; do record "http://w/$i"; done | gzip -n >in/whole.warc.gz
for i in 7 8; do record "http://w/$i"; done >in/plain.warc
mkdir t
for i in 10 11; do record "http://w/$i" | gzip -n; done >t/members.warc.gz
printf '{"id":"t1","title":"a","x":1}\n {"id":"t2","title":"b"}\n' >t/two.jsonl
tar -cf inner.tar t
python3 -c "import zipfile
z = zipfile.ZipFile('in/outer.zip', 'w', zipfile.ZIP_DEFLATED)
z.write('inner.tar')
z.write('t/two.jsonl', 'three.jsonl')"
sed 's/"t/"u/' t/two.jsonl | xz >in/two.jsonl.xz
morgue-index --quiet --archive a in
raw()
{
    morgue-search --archive a --show "$1" --raw
}
first()
{
    raw "$1" | head -n "${2:-1}" | cut -c1-60
}
diff <(raw p4) <(grep '"p4"' in/plain.jsonl | tr -d '\n') && echo a line
diff <(raw zp2; echo) <(grep zp2 zipped) && echo a line of a gzip file
for i in 2 5 8 11; do
    diff <(raw "http://w/$i") <(record "http://w/$i" | head -c -4) &&
        echo "record $i"
done
for id in t2 u1; do raw $id; echo; done
morgue-search --archive a --show t2 | grep -E '^(path|member)' | sed "s|$PWD/||"
morgue-index --archive a --dump | jq -r 'select(.path | test("mbox|csv|json$|xml")) | .id' |
    while read -r id; do raw "$id" | wc -c; done
raw https://news.example/wiki/Bridge_reopens_after_storm | sed -n '1p;$p'; echo
gzip -t in/members.warc.gz
# What is gone, changed, or was never there.
sed -i 's/"p3"/"p0"/' in/plain.jsonl
rm in/members.warc.gz
cp "$MORGUE_DATA"/press.jsonl in/two.jsonl.xz
for id in p2 p3 http://w/2 u1; do
    raw "$id" | wc -c
    echo "status ${PIPESTATUS[0]}"
done
echo '{"id":"s","title":"a"}' | morgue-index --quiet --archive a -
raw s
morgue-search --archive a --raw gas
morgue-search --archive a --raw --format json --show p4
echo "status $?"
