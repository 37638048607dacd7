# Where no archive can be, none is made, and what is there stays.
echo '{"id":"a","body":"x"}' >a.jsonl
echo "not ours" >file
mkdir folder
echo "not ours" >folder/file
try()
{
    "$@" 2>&1
    echo "exit $?"
}
for archive in file file/below no/such/folder folder; do
    try morgue-index --archive $archive a.jsonl
done
for archive in file folder nowhere; do
    try morgue-index --archive $archive --verify
    try morgue-index --archive $archive --dump
    try morgue-search --archive $archive x
done
cat file folder/file
ls folder
