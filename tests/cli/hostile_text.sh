# Escape sequences of an article never reach stdout, whatever the format.
printf '%s\n' '{"id":"x\u001b[2Jy","title":"Red \u001b[31malert\u001b[0m",' \
    '"body":"bell \u0007 and \u009b5m and \u202e turned\u0000"}' |
    tr -d '\n' | morgue-index --quiet --archive press -
for format in text json jsonl csv tsv trec; do
    morgue-search --archive press --format $format red >out
    printf '%s %s\n' $format "$(LC_ALL=C tr -cd '\000-\010\013\014\016-\037' <out |
        wc -c)"
done
