# A manifest that is cut in half, changed or empty is refused by all, with its
# line; put back, everything is there.
. "$MORGUE_DATA/keeper.sh"
echo '{"id":"a","title":"New","body":"x"}' >a.jsonl
cp press/XAPIANDB whole
refused()
{
    index a.jsonl
    for action in --verify --dump; do
        morgue-index --archive press $action
        echo "exit $?"
    done 2>&1
    morgue-search --archive press keeper 2>&1
    echo "exit $?"
}
echo "== half"
head -c $(($(stat -c %s whole) / 2)) whole >press/XAPIANDB
refused
echo "== without its end"
head -n -1 whole >press/XAPIANDB
refused | sort -u
echo "== a digit of it"
sed '/^# digest/!s/^# published ./# published 9/' whole >press/XAPIANDB
refused | sort -u
echo "== empty"
: >press/XAPIANDB
refused | sort -u
cp whole press/XAPIANDB
kept
