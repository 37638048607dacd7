# --help lists every option, within 80 columns; --version says who and what.
for program in morgue-index morgue-search; do
    $program --version | head -n 1 | sed -E 's/[0-9]+\.[0-9]+\.[0-9]+/X.Y.Z/g'
    $program --help=all >help 2>/dev/null || $program --help >help
    awk 'length > 80 { print "too wide: " $0 }' help
    for option in archive format help version quiet limit batch; do
        grep -q -e "--$option" help && printf '%s ' $option
    done
    echo
done
echo "== all of it"
morgue-search --help >help
[ "$(wc -l <help)" -le 24 ] || echo "--help has more than 24 lines"
morgue-search --help=all >all
comm -23 <(sort help) <(sort all)
grep -c -e '--ranking' help all
morgue-search --help=most 2>&1
echo "exit $?"
