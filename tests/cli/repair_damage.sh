# --repair: a damaged segment is rebuilt from what is left and its sources.
cp "$MORGUE_DATA/press.jsonl" .
morgue-index --quiet --archive press press.jsonl
morgue-index --archive press --repair
damage()
{
    /usr/bin/python3 - "$1" <<'FLIP'
import sys
with open(sys.argv[1], "r+b") as f:
    data = bytes(255 - byte for byte in f.read())
    f.seek(0)
    f.write(data)
FLIP
}
damage "$(echo press/segments/*/docdata.glass)"
morgue-index --archive press --repair 2>/dev/null
echo "exit $?"
morgue-index --quiet --archive press --verify
morgue-search --archive press --count '*'
rm press.jsonl
damage "$(ls -t press/segments/*/docdata.glass | head -n 1)"
morgue-index --archive press --repair 2>messages
echo "exit $?"
grep 'gone' messages
morgue-search --archive press --count '*'
morgue-index --quiet --archive press --verify
damage press/XAPIANDB
morgue-index --archive press --repair
echo "exit $?"
