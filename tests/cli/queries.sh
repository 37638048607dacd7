# What each kind of query finds: the ids, sorted, so that ranking may change.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
while IFS= read -r query; do
    found=$(morgue-search --archive press --format json "$query" |
        jq -r '[.hits[].id] | sort | join(" ")')
    printf '%-32s %s\n' "$query" "$found"
done <<'QUERIES'
nord stream sanctions
nord stream
"nord stream"
"stream nord"
sanction
gas
gas -price
title:gas
title:stream -sanctions
gas OR oil
(gas OR oil) -record
"nord stream" OR "gas price"
author:lee
source:"baltic wire"
section:business gas
id:p4
erdogan
Erdoğan
U.S.
the
zeppelin
*
* -gas
QUERIES
