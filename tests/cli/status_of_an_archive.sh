# --status for people and for programs; who writes, what is pending.
morgue-index --archive press --status
echo "exit $?"
for day in 1 2 3; do
    echo '{"id":"'$day'","title":"Day","body":"news","date":"2022-02-0'$day'"}' |
        morgue-index --quiet --archive press --merge-budget 0 -
done
morgue-index --quiet --archive press --delete 3
morgue-index --archive press --status |
    sed -E 's/[0-9-]+T[0-9:]+Z/TIME/; s/[0-9.]+ s$/N s/; s/^bytes .*/bytes N/'
morgue-index --archive press --status --format json | jq -c \
    '[.schema, .articles, .deleted, .oldest, .newest, .segments, .writer,
      (.runs | length), .runs[-1].command]'
echo '{"id":"5","title":"Day","body":"news"}' |
    morgue-index --quiet --archive press --merge-budget 0 -
echo '{"id":"6","title":"Day","body":"news"}' |
    morgue-index --quiet --archive press --merge-budget 0 -
morgue-index --archive press --status | sed -En 's/, [0-9.]+ MB//; s/^pending/&/p'
