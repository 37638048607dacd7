# What a session answers to what it cannot do, to AND mixed with OR, to a slip,
# to Ctrl-C, /share and /facets, and in a window that is made smaller; its history.
. "${BASH_SOURCE[0]%/*}/terminal.bash"
export TERM=screen XDG_STATE_HOME=$PWD NO_COLOR=1
morgue-index --quiet --archive press "$MORGUE_SAMPLE/articles.jsonl" \
    "$MORGUE_SAMPLE/text"
terminal_open 72x30 env MORGUE_ARCHIVE=press morgue-search
for line in n u '/source x' '/nonsense' '/open x' '/sort upwards' 'gas ('; do
    tell "$line"
done
screen 'refusals'
terminal_tmux send-keys C-l
tell 'zertifizierung "!"'
screen 'a part without a word'
tell 'gas oil OR price'
tell 2
tell '/source ostsee bote'
tell 'straem'
tell 'y'
tell '/url 1'
screen 'readings, and what was meant'
tell u
tell u
tell '/sort newest'
screen 'undone, then the newest first'
tell '*'
tell s
screen 'the timeline as a share'
tell f
screen 'facets'
terminal_tmux send-keys 'never mind'
terminal_await terminal_typed 'never mind'
terminal_tmux send-keys C-c
terminal_await terminal_prompts
press sancti Tab 'morgue> sanction'
terminal_tmux send-keys C-c
terminal_await terminal_prompts
terminal_tmux resize-window -x 50 -y 12
tell 'l'
screen 'given up, and a smaller window'
press C-d 'left with 0'
terminal_close
cat morgue/history
stat -c '%a' morgue/history
