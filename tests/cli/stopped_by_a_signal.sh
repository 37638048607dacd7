# SIGTERM: what was read is published, exit status 143, and the log says so.
mkfifo news
morgue-index --archive press news >summary 2>messages &
run=$!
exec 3>news
seq 4000 | sed 's/.*/{"id":"&","title":"Number &","body":"Some words"}/' >&3
sleep 0.3
kill -TERM $run
wait $run
echo "exit $?"
exec 3>&-
sed -E 's/; read.*//' summary
cat messages
jq -c '[.command, .signal, .added > 0, .added == .read, .added == .articles]' \
    press/runs.jsonl
[ "$(morgue-search --archive press --count '*')" = "$(jq .added press/runs.jsonl)" ]
