# No room for merging: what the run brought is published, and in runs.jsonl.
. "$MORGUE_DATA/keeper.sh"
fault=$MORGUE_BUILD/tests/crash/fault.so
[ -e "$fault" ] || { echo "no $fault here"; exit 77; }
export ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0
for day in 1 2 3; do
    echo "{\"id\":\"$day\",\"body\":\"brought\"}" >$day.jsonl
done
index --merge-budget 0 1.jsonl
index --merge-budget 0 2.jsonl
generation=$(sed -n 's/^# generation //p' press/XAPIANDB)
LD_PRELOAD=$fault FAULT_UNDER=press/segments/g$((generation + 2))- \
    FAULT_POINT=1 FAULT_KIND=full \
    morgue-index --archive press --quiet --merge-budget 1G 3.jsonl 2>&1 |
    sed -E 's/g[0-9]+-[0-9a-f]{12}/NAME/g'
echo "exit ${PIPESTATUS[0]}"
morgue-search --archive press --count brought
tail -n 1 press/runs.jsonl | jq -c '[.read, .added, .segments]'
kept
