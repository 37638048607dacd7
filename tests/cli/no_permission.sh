# Without permission: a message that names the file, and nothing changes.
try()
{
    "$@" 2>&1
    echo "exit $?"
}
if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=65534 --clear-groups true 2>/dev/null ||
        { echo "root may do everything here"; exit 77; }
    mkdir theirs
    chmod 777 theirs
    chmod 755 .
    cd theirs || exit 1
    # Whoever is not root has to get here.
    setpriv --reuid=65534 --clear-groups test -x "$MORGUE_BUILD" &&
        setpriv --reuid=65534 --clear-groups test -w . ||
        { echo "only root gets here"; exit 77; }
    exec setpriv --reuid=65534 --clear-groups bash -u "$0"
fi
. "$MORGUE_DATA/keeper.sh"
echo '{"id":"a","title":"New","body":"x"}' >a.jsonl
cp a.jsonl secret.jsonl
chmod 000 secret.jsonl
index secret.jsonl a.jsonl
echo '{"id":"b","title":"Newer","body":"x"}' >b.jsonl
for folder in press/ledger press/segments press; do
    chmod 555 $folder
    index b.jsonl | sed -E 's/g[0-9]+-[0-9a-f]{12}/NAME/g'
    chmod 755 $folder
    kept
done
chmod 444 press/lock
index b.jsonl
chmod 644 press/lock
chmod 000 press
try morgue-search --archive press x
try morgue-index --archive press --verify
chmod 755 press
index b.jsonl
kept
