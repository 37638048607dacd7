# Gzip that is cut off, damaged, or followed by something else: what can be
# read is taken.
. "$MORGUE_DATA/keeper.sh"
seq 500 | jq -c '{id: "z\(.)", body: "zipped \(. * .)"}' | gzip -n >whole.gz
size=$(stat -c %s whole.gz)
head -c $((size / 2)) whole.gz >cut.gz
index cut.gz | sed -E 's/byte [0-9]+/byte N/'
half=$(morgue-search --archive press --count zipped)
[ "$half" -gt 100 ] && [ "$half" -lt 400 ] || echo "$half of 500 were read"
head -c 5 whole.gz >start.gz
index start.gz
cp whole.gz junk.gz
echo junk >>junk.gz
index junk.gz | sed -E 's/byte [0-9]+/byte N/'
morgue-search --archive press --count zipped
{
    head -c $((size / 2)) whole.gz
    head -c 100 /dev/zero
    tail -c +$((size / 2 + 101)) whole.gz
} >damaged.gz
index damaged.gz | sed -E 's/(byte|line) [0-9]+/\1 N/g' | tail -n 2
kept
