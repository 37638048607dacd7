# --since and --until are inclusive; undated articles come last both ways.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
ids()
{
    morgue-search --archive press --format json "$@" |
        jq -r '[.hits[].id] | join(" ")'
}
ids --sort newest '*'
ids --sort oldest '*'
ids --sort newest --limit 2 --offset 1 '*'
ids --since 2022-02 --until 2022-02 '*'
ids --since 2022-06-03 --until 2022-08-26 --sort oldest '*'
ids --since 2023 '*'
ids --until 2021 '*'
