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
# A kicker that OpenGraph leaves out is no part of the title; two authors in one
# name are two, one with a conjunction in it is one.
for author in 'Ann Lee and Bo Ek, HPA' 'José Ortega y Gasset'; do
    echo '<html><head><meta property="og:title" content="Bridge open">'
    echo '<script type="application/ld+json">{"@type":"NewsArticle",'
    echo '"headline":"Storm: Bridge open","author":"'"$author"'"}</script>'
    echo '</head><body><h1>The bridge</h1><article><p>It is open.</p></article>'
done | split -l 4 - kicker
morgue-index --quiet --from html --dump-articles kicker* | jq -c '[.title, .authors]'
