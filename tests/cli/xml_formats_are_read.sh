# Feeds and agencies' XML: what is read of them, and what is rejected and why.
cp "$MORGUE_DATA"/formats/{*.rss,*.atom,*.xml} .
for file in feed.rss feed.atom nitf.xml nitf_archive.xml newsml.xml newsml_g2.xml rcv1.xml wiki.xml; do
    morgue-index --quiet --dump-articles $file | jq -c 'del(.path, .member, .offset, .length, .digest)'
done
# Cut off: what is there is read. An entity bomb does not go off.
head -c 900 feed.rss >cut.rss
{
    echo '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    for i in b c d e f g h; do
        last=${last:-a}
        printf '<!ENTITY %s "' $i
        printf "&$last;%.0s" {1..50}
        echo '">'
        last=$i
    done
    echo ']><rss><item><title>bomb &h;</title></item></rss>'
} >bomb.rss
{
    echo '<rss><item><title>deep</title><description>'
    yes '<a>' | head -n 10000
} >deep.rss
echo '<?xml version="1.0"?><unheard-of/>' >unknown.xml
for file in cut.rss bomb.rss deep.rss unknown.xml; do
    morgue-index --quiet --dump-articles $file | jq -c '[.title, .body]'
    echo "$file: ${PIPESTATUS[0]}"
done
