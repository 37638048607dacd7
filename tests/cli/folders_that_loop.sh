# Links that lead in a circle or nowhere: each file is read once.
. "$MORGUE_DATA/keeper.sh"
mkdir -p news/below
echo '{"id":"a","title":"New","body":"x"}' >news/below/a.jsonl
ln -s .. news/below/up
ln -s . news/self
ln -s "$PWD/news" news/below/all
mkfifo news/pipe
morgue-index --archive press --format json news | jq -c '[.files, .read, .added]'
ln -s nowhere news/dangling
ln -s two one
ln -s one two
index news
index one
kept
