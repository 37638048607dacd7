# Sessions in a real terminal, for the cases that source this file: a program
# runs in a window of tmux, gets keys, and its screen is printed. Everything is
# waited for by looking at the screen. Skips the case where there is no tmux.

command -v tmux >/dev/null || {
    echo "tmux is not here"
    exit 77
}

export SHELL=/bin/sh # which tmux runs commands by
terminal_patience=20 # seconds for a screen that is waited for

terminal_tmux()
{
    tmux -S "$PWD/terminal" -f /dev/null "$@"
}

# terminal_open WIDTHxHEIGHT COMMAND...: at the first prompt. Ctrl-C is for the
# command, not for the shell that it was started by.
terminal_open()
{
    local size=$1 command
    shift
    trap 'terminal_tmux kill-server 2>/dev/null' EXIT
    printf -v command '%q ' "$@"
    terminal_tmux new-session -d -x "${size%x*}" -y "${size#*x}" \
        "trap : INT; $command; echo left with \$?; cat"
    terminal_await terminal_prompts
}

terminal_close()
{
    terminal_tmux kill-server
    rm -f terminal
}

# terminal_await TEST WORD...: until the test holds.
terminal_await()
{
    local end=$((SECONDS + terminal_patience))
    until "$@"; do
        if ((SECONDS >= end)); then
            echo "waited in vain: $*" >&2
            terminal_tmux capture-pane -p >&2
            exit 1
        fi
        sleep 0.04
    done
}

# The line that the cursor is in.
terminal_line()
{
    local row
    row=$(terminal_tmux display-message -p '#{cursor_y}')
    terminal_tmux capture-pane -p -S "$row" -E "$row"
}

terminal_prompts()
{
    [ "$(terminal_line)" = 'morgue>' ]
}

# Whether what was typed last stands there, and not only the prompt.
terminal_typed()
{
    local line
    line=$(terminal_line)
    [ "$line" != 'morgue>' ] && [[ $line == *"${1: -6}" ]]
}

terminal_shows()
{
    terminal_tmux capture-pane -p 2>/dev/null | grep -qF -- "$1"
}

# tell LINE: types it, and waits for the next prompt.
tell()
{
    terminal_tmux send-keys -l -- "$1"
    terminal_await terminal_typed " $1"
    terminal_tmux send-keys Enter
    terminal_await terminal_prompts
}

# press KEY... TEXT: presses keys (tmux's names), until the text is shown.
press()
{
    terminal_tmux send-keys "${@:1:$#-1}"
    terminal_await terminal_shows "${*: -1}"
}

# screen TITLE [-e]: prints the screen, -e with its colours. Times are not the
# same twice.
screen()
{
    echo "== $1"
    terminal_tmux capture-pane -p "${@:2}" |
        sed -E 's/[0-9]+\.[0-9] ms/N ms/; s/\x1b/<ESC>/g' |
        sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}
