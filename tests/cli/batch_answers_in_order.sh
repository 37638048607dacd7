# A query a line, an answer a line, errors included; trec names its queries.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
printf 'gas\nzeppelin\nnord stream\n' |
    morgue-search --archive press --batch --format json |
    jq -c '[.query, (.hits | length)]'
printf '7\tgas -price\n9\tsanctions\n' |
    morgue-search --archive press --batch --format trec |
    awk '{ print $1, $3 }' | sort
