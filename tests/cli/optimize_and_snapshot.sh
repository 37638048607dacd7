# --optimize makes one segment of many; --snapshot copies what is there now,
# by links, and what comes later does not change it.
for day in 1 2 3; do
    echo '{"id":"'$day'","title":"Day","body":"news of '$day'"}' |
        morgue-index --quiet --archive press -
done
morgue-index --archive press --status --format json | jq .segments
morgue-index --archive press --optimize
morgue-index --archive press --optimize
morgue-index --archive press --upgrade
morgue-index --archive press --snapshot copy
morgue-index --archive press --snapshot copy
echo "exit $?"
morgue-index --quiet --archive press --delete --purge 2
morgue-search --archive press --count '*'
morgue-search --archive copy --count '*'
morgue-index --quiet --archive copy --verify
echo '{"id":"4","title":"Day","body":"news of 4"}' |
    morgue-index --quiet --archive copy -
morgue-search --archive copy --count '*'
morgue-index --archive nowhere --snapshot other
ls
