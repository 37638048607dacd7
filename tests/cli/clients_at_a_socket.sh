# --socket: several clients at once, of whom a hostile one harms only itself.
morgue-index --quiet --archive press "$MORGUE_DATA/press.jsonl"
export MORGUE_ARCHIVE=press
cat >clients.py <<'END'
import json, os, select, signal, socket, stat, subprocess, sys

PATH = "place/socket"
COUNT = b'{"request": "count", "query": "gas"}\n'

def start(**more):
    process = subprocess.Popen(["morgue-search", "--socket", PATH],
                               stderr=subprocess.PIPE, **more)
    return process

def connect(process):
    while process.poll() is None:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(60)
        try:
            client.connect(PATH)
            return client
        except (FileNotFoundError, ConnectionRefusedError):
            select.select([process.stderr], [], [], 0.01)
    sys.exit(process.stderr.read())

def answer(client):
    got = b""
    while not got.endswith(b"\n"):
        part = client.recv(65536)
        if not part:
            return None
        got += part
    return json.loads(got)

def ask(client, line=COUNT):
    client.sendall(line)
    return answer(client)

def total(client):
    return ask(client)["total"]["value"]

def end(process):
    process.terminate()
    print("exit", process.wait(), process.stderr.read().decode() or "quiet")

os.mkdir("place")
process = start()
first, second = connect(process), connect(process)
print("mode %o" % stat.S_IMODE(os.stat(PATH).st_mode))
print("two at once:", total(first), total(second), total(first))

second.sendall(b'{"request": "cou')
third = connect(process)
print("one with half a line:", total(first), total(third))
second.sendall(COUNT[16:])
print("the other half:", answer(second)["total"]["value"])
second.sendall(b'{"half')
second.close()

third.sendall(b"x" * (5 << 20) + b"\n")
print("a long line:", answer(third)["error"]["message"], total(third))

greedy = connect(process)
greedy.settimeout(0.2)
try:
    while True:
        greedy.sendall(b'{"request": "search", "query": "*"}\n' * 100)
except TimeoutError:
    print("one that does not read:", total(first), total(third))

crowd = [connect(process) for _ in range(40)]
for client in crowd:
    client.setblocking(False)
newcomer = connect(process)
print("one more than there is room for:", total(newcomer))

other = start()
other.wait()
print("a second one:", other.stderr.read().decode().strip())
greedy.close()
end(process)
print("removed:", not os.path.exists(PATH))

process = start()
connect(process)
process.kill()
process.wait()
print("left behind:", os.path.exists(PATH))
process = start()
print("replaced:", total(connect(process)))
os.unlink(PATH)
open(PATH, "w").close()
end(process)
print("not ours:", os.path.exists(PATH))
process = start()
process.wait()
print(process.stderr.read().decode().strip())
os.unlink(PATH)

PATH = "x" * 200
process = start()
process.wait()
print(process.stderr.read().decode().strip())

PATH = "handed"
listening = socket.socket(socket.AF_UNIX)
listening.bind(PATH)
listening.listen()
def hand_over():
    os.dup2(listening.fileno(), 3)
    os.environ["LISTEN_PID"] = str(os.getpid())
    os.environ["LISTEN_FDS"] = "1"
    os.execvp("morgue-search", ["morgue-search", "--socket", "unused"])
process = subprocess.Popen(["true"], stderr=subprocess.PIPE, close_fds=False,
                           preexec_fn=hand_over)
print("from systemd:", total(connect(process)))
end(process)
print("left to it:", os.path.exists(PATH), os.path.exists("unused"))
END
timeout 100 /usr/bin/python3 clients.py
