# A full disk: the archive stays as it was, or has all that the run brought.
. "$MORGUE_DATA/keeper.sh"
fault=$MORGUE_BUILD/tests/crash/fault.so
[ -e "$fault" ] || { echo "no $fault here"; exit 77; }
export ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0
seq 20 | jq -c '{id: "n\(.)", title: "New \(.)", body: "brought"}' >new.jsonl
for name in lock segments/ ledger/ XAPIANDB.tmp runs.jsonl; do
    echo "== no room for $name"
    LD_PRELOAD=$fault FAULT_UNDER=press/$name FAULT_POINT=1 FAULT_KIND=full \
        morgue-index --archive press --quiet new.jsonl 2>&1 |
        sed -E 's/g[0-9]+-[0-9a-f]{12}/NAME/g'
    echo "exit ${PIPESTATUS[0]}"
    morgue-search --archive press --count brought
    kept
done
index new.jsonl
morgue-search --archive press --count brought
