# What share/ has works: the commands of cron and systemd run as they are but
# for their paths, and what is here of the programs that read them is content.
share=${MORGUE_DATA%/tests/cli/data}/share
mkdir incoming
cp "$MORGUE_DATA/press.jsonl" incoming
run()
{
    local command
    command=$(sed -E 's|/usr/bin/||g; s|/srv/||g')
    echo "$command"
    eval "$command"
    echo "exit $?"
}
grep -c '^[0-9]' "$share/cron/morgue"
sed -nE 's/^([0-9*]+ ){5}[a-z]+ //p' "$share/cron/morgue" |
    while read -r line; do run <<<"$line"; done
sed -n 's/^ExecStart=//p' "$share/systemd/morgue-index.service" | run
morgue-search --archive press --count '*'
awk 'NF && !/^[0-9*]+( [0-9*]+)+ [a-z]+ |^#|^[A-Z]+=/' "$share/cron/morgue"
if command -v systemd-analyze >/dev/null; then
    cp "$share"/systemd/morgue-index.* .
    sed -i "s|/usr/bin/morgue-index|$(command -v morgue-index)|" *.service
    SYSTEMD_LOG_LEVEL=warning systemd-analyze --man=no verify ./*.service ./*.timer 2>&1 |
        grep morgue
    systemd-analyze calendar '*-*-* 02:05:00' >/dev/null || echo bad calendar
fi
if command -v logrotate >/dev/null; then
    sed "s|/srv|$PWD|; /su /d" "$share/logrotate/morgue" >rotate
    logrotate --state "$PWD/state" --force "$PWD/rotate" 2>&1
    [ -s press/runs.jsonl.1 ] || echo not rotated
fi
