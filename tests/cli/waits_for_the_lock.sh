# --wait: says who has the lock, waits so long, and goes on when it is free.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
cat >hold.py <<'HOLD'
import fcntl, struct, sys, time
with open("press/lock", "r+b") as lock:
    whole = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
    fcntl.fcntl(lock, fcntl.F_OFD_SETLK, whole)
    lock.write(b"pid 4711\nhost there\nsince 2022-02-07T18:45:00Z\n")
    lock.flush()
    open("held", "w")
    time.sleep(float(sys.argv[1]))
HOLD
hold()
{
    rm -f held
    /usr/bin/python3 hold.py "$1" &
    holder=$!
    until [ -e held ]; do sleep 0.05; done
}
hold 30
morgue-index --archive press --wait 1 "$MORGUE_DATA/folder"
echo "exit $?"
kill $holder
wait $holder
hold 0.5
morgue-index --quiet --archive press --wait 20 "$MORGUE_DATA/folder"
echo "exit $?"
wait
