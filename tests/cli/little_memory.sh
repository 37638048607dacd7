# With the least memory that can be said, and many threads, more is indexed
# than fits at once.
. "$MORGUE_DATA/keeper.sh"
seq 1000 | awk '{
    printf "{\"id\":\"%d\",\"title\":\"Number %d\",\"body\":\"", $1, $1
    for (i = 0; i < 250; i++) printf "word%d ", ($1 * 7 + i * i) % 9973
    print "end\"}" }' >many.jsonl
index --memory 1M --jobs 1 many.jsonl
morgue-index --quiet --archive parallel --memory 1M --jobs 16 many.jsonl
for archive in press parallel; do
    morgue-search --archive $archive --count word7
    morgue-search --archive $archive --count '"number 999"'
done
kept
morgue-index --quiet --archive parallel --verify
