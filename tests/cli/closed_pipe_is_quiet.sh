# Whoever reads us may stop reading: no message, SIGPIPE's exit status.
seq 2000 | awk '{ printf "{\"id\":\"%d\",\"title\":\"number %d\",", $1, $1
    print "\"body\":\"Long enough to fill a pipe, article by article.\"}" }' |
    morgue-index --quiet --archive press -
env --default-signal=PIPE \
    morgue-search --archive press --format jsonl --limit 2000 '*' |
    { read -r line && jq -r .type <<<"$line"; }
echo "${PIPESTATUS[0]}"
