# A dumb terminal, or one that is read aloud: lines, and nothing that moves;
# ASCII where the locale is C.
. "${BASH_SOURCE[0]%/*}/terminal.bash"
export TERM=dumb XDG_STATE_HOME=$PWD LC_ALL=C
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl" \
    "$MORGUE_SAMPLE/articles.jsonl"
tell_plain()
{
    printf '%s\n' "$@" |
        script --quiet --return --command 'morgue-search --archive press' \
            /dev/null | tr -d '\r' | sed -E 's/[0-9]+\.[0-9] ms/N ms/'
}
tell_plain 'Röhren' 1 '/sort oldest' gas f q | sed 's/\x1b/<ESC>/g'
