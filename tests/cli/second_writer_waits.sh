# Another writer holds the lock: exit status 75, nothing changed.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
/usr/bin/python3 - "$MORGUE_DATA/folder" <<'HOLD'
import fcntl, struct, subprocess, sys
with open("press/lock", "r+b") as lock:
    whole = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
    fcntl.fcntl(lock, fcntl.F_OFD_SETLK, whole)
    run = subprocess.run(["morgue-index", "--archive", "press", sys.argv[1]],
                         stderr=subprocess.PIPE)
print("exit", run.returncode, "lines on stderr", run.stderr.count(b"\n"))
HOLD
morgue-search --archive press --count '*'
