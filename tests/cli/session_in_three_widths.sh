# A session at a terminal of 40, 80 and 200 columns: a page of results, the next
# one, a narrowing and its undoing, and an article in the pager.
. "${BASH_SOURCE[0]%/*}/terminal.bash"
export TERM=screen XDG_STATE_HOME=$PWD NO_COLOR=1
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl" \
    "$MORGUE_SAMPLE/text"
for size in 40x24 80x24 200x30; do
    terminal_open $size morgue-search --archive press
    screen "$size: greeting"
    tell 'gas'
    screen "$size: gas"
    tell 'n'
    tell '/source meridian'
    screen "$size: the next page, then one source"
    press 2 Enter '| q: back'
    press n 'match 1 of'
    screen "$size: the second article"
    press q 'morgue> 2'
    press C-d 'left with 0'
    terminal_close
done
