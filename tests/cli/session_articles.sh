# One article and all of them in a session: its original, more like it, every
# occurrence in context, an export; an article that came meanwhile, whose text
# is hostile; a signal; lines of an earlier session.
. "${BASH_SOURCE[0]%/*}/terminal.bash"
export TERM=screen XDG_STATE_HOME=$PWD MORGUE_ARCHIVE=press
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
terminal_open 72x32 morgue-search
tell 'nord stream'
screen 'matches in colour' -e
tell 'more 2'
tell 'raw 1'
tell 'url 1'
screen 'more like it, its original'
tell '"nord stream" OR gas'
press k Enter '| q: back'
press n 'match 1 of'
screen 'every occurrence'
press q 'morgue> k'
tell '/export hits'
tell '/export hits.csv'
tell '/export hits.csv'
tell '/export hits.jsonl all'
screen 'exports'
cut -d, -f3,7 hits.csv
jq -r '.id // .total' hits.jsonl
cat >bad.jsonl <<'END'
{"id":"bad","title":"\u001b]0;gotcha\u0007Hostile\u009b31m","source":"\u001b[2J\nx","url":"https://x.example/\u001b[2J","date":"2022-02-07","body":"\u202egas\u202c \u001b[31mred\r\nline \u0000 tab\there \ud83d\ude00 \u5929\u7136\u6c14 e\u0301"}
END
morgue-index --quiet --archive press bad.jsonl
terminal_tmux send-keys C-l
tell 'hostile'
screen 'a new article, hostile' -e
press 1 Enter '| q: back'
screen 'hostile text, opened' -e
press q 'morgue> 1'
tell 'raw 1'
screen 'hostile text, raw' -e
terminal_tmux display-message -p 'title: #{pane_title}' | grep -c gotcha
press 1 Enter '| q: back'
kill "$(pgrep -f 'morgue-search$' -P "$(terminal_tmux display-message -p '#{pane_pid}')")"
terminal_await terminal_shows 'left with 143'
screen 'the screen is the old one after a signal'
terminal_close
terminal_open 72x24 morgue-search
press Up 'morgue> 1'
press Up 'morgue> raw 1'
terminal_close
