# Web pages become articles; what is none is rejected and named.
cp "$MORGUE_DATA"/formats/*.html .
morgue-index --quiet --dump-articles page.html page_koi8.html login.html |
    jq -c 'del(.path, .member, .offset, .length, .digest, .seen)'
echo "status ${PIPESTATUS[0]}"
# Cut anywhere, nested without end: a page all the same, or a rejection.
head -c 2600 page.html >cut.html
morgue-index --quiet --dump-articles cut.html | jq -r .title
{
    echo '<!doctype html><title>Deep</title><body>'
    yes '<div><b>' | head -n 100000
    echo 'so deep'
} >deep.html
morgue-index --quiet --dump-articles deep.html
echo "status $?"
