# What its provider cancels or withholds is no longer found, whether it came in
# an earlier run or just before; an embargo that is over is none.
story='<p>The bridge is open again.</p>'
nitf() # ID ATTRIBUTES
{
    echo "<nitf><head><docdata $2><doc-id id-string='$1'/></docdata></head>"
    echo "<body><body.head><hedline><hl1>Nitf $1</hl1></hedline></body.head>"
    echo "<body.content>$story</body.content></body></nitf>"
}
newsml() # REVISION STATUS
{
    echo "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>"
    echo "urn:newsml:hpa.example:20220207:M-1:$1</PublicIdentifier>"
    echo "</NewsIdentifier></Identification><NewsManagement>"
    echo "<Status FormalName='$2'/></NewsManagement><NewsComponent><NewsLines>"
    echo "<HeadLine>Newsml $1</HeadLine></NewsLines><ContentItem><DataContent>"
    echo "$story</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
}
g2() # STATUS
{
    echo "<newsItem guid='urn:g2' xmlns='http://iptc.org/std/nar/2006-10-01/'>"
    echo "<itemMeta><pubStatus qcode='stat:$1'/></itemMeta><contentMeta>"
    echo "<headline>G2</headline></contentMeta></newsItem>"
}
ninjs() # STATUS
{
    echo "{\"uri\": \"urn:ninjs\", \"pubstatus\": \"$1\","
    echo ' "headline": "Ninjs", "body_text": "x"}'
}
mkdir 1 2 3
nitf N-1 "" >1/a.xml
newsml 1 Usable >1/b.xml
g2 usable >1/c.xml
ninjs usable >1/d.json
nitf N-2 "" >1/e.xml
nitf N-1 "management-status='canceled'" >2/a.xml
newsml 2 Canceled >2/b.xml
g2 withheld >2/c.xml
ninjs canceled >2/d.json
nitf never "management-status='withheld'" >2/e.xml
titles()
{
    morgue-index --archive a --dump | jq -r .title
}
morgue-index --archive a 1 2>&1
morgue-index --archive a --dry-run --verbose 2 2>&1 | grep would
morgue-index --archive a --format json 2 2>errors | jq -c '[.read, .rejected, .withdrawn, .articles]'
sed "s|$PWD/||" errors
titles
morgue-search --archive a --count 'bridge'
# In one run, in the order of input.
morgue-index --archive b 2 1 2>&1 | tail -n 1
tar -cf both.tar 1 2
morgue-index --archive c both.tar 2>&1 | tail -n 1
embargo() # NAME TIME
{
    nitf "$1" "management-status='embargoed'" |
        sed "s|<doc-id|<date.release norm='$2'/>&|" >"3/$1.xml"
}
embargo over 2022-02-07T18:45:00Z
embargo open 29990207T184500Z
morgue-index --archive a 3 2>&1
titles
