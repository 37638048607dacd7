# Positions, mentions, wildcards, variants, capitals, dates and lengths.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
while IFS= read -r query; do
    printf '%-40s %s\n' "$query" "$(morgue-search --archive press \
        --format jsonl --limit 100 -- "$query" 2>&1 |
        jq -r 'select(.type == "hit").id' | sort | tr '\n' ' ')"
done <<'QUERIES'
leaders w/5 sanctions
sanctions pre/5 leaders
chancellor w/s washington
chancellor w/s sanctions
chancellor w/p sanctions
atleast2(sanctions)
sanction*
rec?rd
regu*or
recird~
caps(NATO)
U.S.
lead(gas)
first/3(gas)
title:(gas w/2 falls)
date:2022-02-07
date:2022-08..2022-12
length>20
length<=12
gas -date:2022
QUERIES
morgue-search --archive press 's*'
echo "exit $?"
