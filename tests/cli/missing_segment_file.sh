# A published file is missing: each program names it, and makes nothing worse.
. "$MORGUE_DATA/keeper.sh"
echo '{"id":"a","title":"New","body":"x"}' >a.jsonl
segment=$(sed -n 's/^glass //p' press/XAPIANDB)
try()
{
    "$@" 2>&1 | sed -E 's/g[0-9]+-[0-9a-f]{12}/NAME/g'
    echo "exit ${PIPESTATUS[0]}"
}
for file in tokens vocabulary iamglass postlist.glass docdata.glass; do
    mv "press/$segment/$file" away
    echo "== $file"
    try morgue-index --archive press --quiet a.jsonl
    try morgue-index --archive press --quiet --verify
    try morgue-search --archive press keeper
    mv away "press/$segment/$file"
done
echo "== the segment"
mv "press/$segment" away
try morgue-index --archive press --quiet a.jsonl
try morgue-search --archive press keeper
mv away "press/$segment"
kept
