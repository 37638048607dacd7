# --verify: all well, then a flipped byte in the middle of a published file.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
morgue-index --quiet --archive press --verify
echo "exit $?"
file=$(find press/segments -name 'tokens*' | sort | head -n 1)
/usr/bin/python3 - "$file" <<'FLIP'
import sys
with open(sys.argv[1], "r+b") as f:
    data = bytearray(f.read())
    data[len(data) // 2] ^= 0x10
    f.seek(0)
    f.write(data)
FLIP
morgue-index --quiet --archive press --verify >/dev/null 2>report
echo "exit $?"
grep -c tokens report
