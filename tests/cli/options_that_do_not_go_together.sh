# Options of no use with what is asked for, and actions that exclude each
# other, are refused before anything is touched.
try()
{
    morgue-index --archive press "$@"
    echo "exit $?"
}
try --dump --verify
try --delete --prune id
try --purge x.jsonl
try --rescan --status
try --wait 5 --dump
try --delete
try --snapshot
try --snapshot a b
try --optimize x.jsonl
try --checkpoint soon x.jsonl
try --checkpoint 10d x.jsonl
ls
