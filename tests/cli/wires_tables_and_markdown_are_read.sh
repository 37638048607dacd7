# IPTC 7901 and ANPA; tables with a header line, and --map; Markdown.
cd "$MORGUE_DATA"/formats || exit
for file in iptc7901.txt anpa.txt table.csv post.md; do
    morgue-index --quiet --dump-articles $file | jq -c 'del(.path, .member, .offset, .length, .digest)'
done
morgue-index --quiet --from csv --map title=kopf,body=inhalt \
    --dump-articles table.tsv | jq -c '[.title, .body]'
cd "$OLDPWD" || exit
morgue-index --quiet --archive press --from csv --map title=kopf,body=inhalt \
    "$MORGUE_DATA"/formats/table.tsv
morgue-search --archive press --count titel
# A message whose text begins without an empty line, and one without a title.
printf '\001ABC0123 4 i 0211 FRA /ABC-AB12\r\nharbour\r\n\002%s\003\r\n\004\r\n' \
    $'Bridge reopens\r\n   HARBOUR, Feb 7 (AFP) - It is open.\r\n   Ferries are back.\r\n' \
    '   The bridge is open.' >abc
morgue-index --quiet --from wire --dump-articles abc |
    jq -c 'del(.path, .member, .offset, .length, .digest)'
# A page whose first line has commas and a title is no table.
printf '<html><head><title>a,title,b</title></head><body>,title,text\n' |
    morgue-index --quiet --dump-articles -
