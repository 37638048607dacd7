# --html: a page that is valid, does nothing, and links only to web addresses,
# whatever the articles say; what is refused; what nothing found looks like.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
cat >bad.jsonl <<'END'
{"id":"bad1","title":"<script>alert(1)</script> & \"gas\" 'price'","source":"\"><img src=x onerror=alert(1)>","section":"</style><b>","author":"<!--","lang":"en\"><script>","url":"javascript:alert(1)","date":"2022-02-07","body":"</p><script>gas()</script> &lt;b&gt; <a href=\"javascript:x\">gas\u0000\u001b[31m\u202e</a> ]]> <svg onload=x>"}
{"id":"bad2","title":"","lang":"de","url":"https://x.example/\"onmouseover=\"alert(1)","body":"gas eins"}
{"id":"<i>bad3","title":"  ","lang":"de","url":"HTTPS://x.example/?a=1&b=<2>","body":"gas zwei"}
{"id":"bad4","title":"Addr","lang":"x","url":"https://x.example/?a=1&b=2&lt=3'4","body":"gas drei \u05d2\u05d6 \u5929\u7136\u6c14"}
{"id":"bad5","title":"Data","url":"data:text/html,<script>alert(1)</script>","body":"gas vier"}
END
morgue-index --quiet --archive press bad.jsonl
same='s/[0-9a-f]{8}-[0-9a-f-]{27}/ID/; s/20..-..-..T[0-9:]*Z/NOW/g'
morgue-search --archive press --sort oldest \
    --html page.html 'gas OR "<script>"'
echo "exit $?"
"$MORGUE_DATA/check_page" page.html | sed -E "$same"
stat -c %a page.html
ls
for query in '*' 'gas -gas'; do
    morgue-search --archive press --all --html page.html "$query"
    echo "exit $?"
    "$MORGUE_DATA/check_page" page.html >text || cat text
    tail -n 2 text
done
refused()
{
    morgue-search --archive press --html page2.html "$@"
    echo "exit $?"
}
{
    refused --count gas
    refused --batch </dev/null
    refused --format json gas
    refused --timeout 3 gas
    refused 'gas ('
    morgue-search --archive press --html nowhere/page.html gas
    morgue-search --archive press --html '' gas
} 2>&1
ls page2.html 2>&1
if command -v tidy >/dev/null; then
    tidy -quiet -errors --drop-empty-elements no page.html 2>&1 |
        sed 's/^/tidy: /'
fi
