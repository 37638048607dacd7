# Under cron: no output when all is well.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl" \
    "$MORGUE_DATA/folder"
