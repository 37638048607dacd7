# WARC and ARC, plain and compressed: each page with the place of its record;
# what is no page is counted; damage ends a record, not the file.
page=$MORGUE_DATA/formats/page.html
record() # TYPE URL, content from stdin
{
    cat >content
    printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n' "$1" "$2"
    printf 'Content-Type: application/http\r\nContent-Length: %d\r\n\r\n' \
        "$(wc -c <content)"
    cat content
    printf '\r\n\r\n'
}
answer() # HEADER..., body from stdin
{
    printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n'
    printf '%s\r\n' "$@" ''
    cat
}
chunked()
{
    printf '3e8;x=y\r\n'
    head -c 1000 "$page"
    printf '\r\n%x\r\n' "$(($(wc -c <"$page") - 1000))"
    tail -c +1001 "$page"
    printf '\r\n0\r\n\r\n'
}
printf 'GET / HTTP/1.1\r\n\r\n' | record request http://a.example/ >1
answer 'Transfer-Encoding: chunked' < <(chunked) |
    record response http://a.example/chunked >2
gzip -n <"$page" | answer 'Content-Encoding: gzip' |
    record response http://a.example/gzip >3
printf 'HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>No' |
    record response http://a.example/gone >4
answer 'X: y' <"$page" | record response http://a.example/plain >5
seen()
{
    jq -c '[.offset, .title, (.body | length)]'
}
read_it()
{
    morgue-index --dump-articles "$1" 2> >(cat >&2) | seen
    echo "$1: ${PIPESTATUS[0]}"
}
cat 1 2 3 4 5 >plain.warc
for i in 1 2 3 4 5; do gzip -n <$i >$i.gz; done
cat 1.gz 2.gz 3.gz 4.gz 5.gz >members.warc.gz
for i in 3 5; do wc -c <$i.gz; done >/dev/null
{
    cat 1.gz
    head -c 700 2.gz
    cat 3.gz
    echo junk
    cat 5.gz
} >damaged.warc.gz
head -c 5000 plain.warc >cut.warc
{
    printf 'filedesc://x.arc 0.0.0.0 20080430204825 text/plain 4\nxxx\n\n'
    answer 'X: y' <"$page" >content
    printf 'http://a.example/a b 1.2.3.4 20080430204825 text/html %d\n' \
        "$(wc -c <content)"
    cat content
} >old.arc
for file in plain.warc members.warc.gz damaged.warc.gz cut.warc old.arc; do
    read_it "$file" 2>>messages
done
cat messages >&2
