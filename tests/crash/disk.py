"""What a disk may have after a power cut: a model of files and folders that
what record.c wrote down is played into.

A file's contents last as far as an fsync of the file came after them; the
names in a folder, as far as an fsync of that folder did. Of all else nothing
is promised: each write may be missing, there, zeros of the right length, or
there in some of its sectors; each change of a folder may be missing or there,
whatever became of those before and after it. A rename is one change."""
import dataclasses
import os
import pathlib

SECTOR = 512


@dataclasses.dataclass
class Call:
    """One record."""
    name: str
    inode: int
    number: int
    data: bytes

    def paths(self):
        return [os.fsdecode(path) for path in self.data.split(b"\0")]


def read_record(path):
    with open(path, "rb") as record:
        while line := record.readline():
            name, inode, number, length = line.split()
            yield Call(name.decode(), int(inode), int(number),
                       record.read(int(length)))


class File:
    def __init__(self, content=b""):
        self.lasting = content
        self.pending = []   # calls: writes and truncations

    def sync(self):
        self.lasting = self.content(lambda call: call.data)
        self.pending.clear()

    def content(self, fate):
        """With fate(call) in the place of what a call wrote; None: nothing."""
        content = bytearray(self.lasting)
        for call in self.pending:
            data = fate(call)
            if data is None:
                continue
            end = call.number + len(data)
            content.extend(bytes(max(0, end - len(content))))
            if call.name == "truncate":
                del content[end:]
            else:
                content[call.number:end] = data
        return bytes(content)


class Folder:
    def __init__(self, lasting=()):
        self.lasting = dict(lasting)
        self.pending = []   # (number of the call, {name: node or None})

    def sync(self):
        self.lasting = self.entries(lambda number: True)
        self.pending.clear()

    def entries(self, happened):
        entries = dict(self.lasting)
        for number, change in self.pending:
            if happened(number):
                entries.update(change)
        return {name: node for name, node in entries.items() if node}


class Disk:
    """The folder `top`, as it is when made, and what calls make of it."""

    def __init__(self, top):
        self.top, self.inodes, self.count = pathlib.Path(top), {}, 0
        self.root = self.load(self.top)

    def load(self, path):
        node = File(path.read_bytes()) if path.is_file() else Folder(
            (entry.name, self.load(entry)) for entry in path.iterdir())
        self.inodes[path.lstat().st_ino] = node
        return node

    def folder_of(self, path):
        """The folder, as the program sees it, and the name in it; None for
        what is elsewhere or was never seen to be made."""
        if not path.startswith(f"{self.top}/"):
            return None, None
        folder, *names = self.root, *path[len(str(self.top)) + 1:].split("/")
        for name in names[:-1]:
            folder = folder.entries(lambda number: True).get(name)
            if not isinstance(folder, Folder):
                return None, None
        return folder, names[-1]

    def change(self, folder, names):
        folder.pending.append((self.count, names))

    def play(self, call):
        self.count += 1
        getattr(self, f"play_{call.name}")(call)

    def make(self, call, kind):
        folder, name = self.folder_of(call.paths()[0])
        if folder and name not in folder.entries(lambda number: True):
            self.inodes[call.inode] = kind()
            self.change(folder, {name: self.inodes[call.inode]})

    def play_open(self, call):
        self.make(call, File)

    def play_mkdir(self, call):
        self.make(call, Folder)

    def play_write(self, call):
        if call.inode in self.inodes:
            self.inodes[call.inode].pending.append(call)

    play_truncate = play_write

    def play_fsync(self, call):
        if call.inode in self.inodes:
            self.inodes[call.inode].sync()

    def play_rename(self, call):
        source, target = call.paths()
        folder, old = self.folder_of(source)
        other, new = self.folder_of(target)
        if folder is not other:
            raise NotImplementedError(f"a rename between folders: {call}")
        node = folder.entries(lambda number: True)[old]
        self.change(folder, {old: None, new: node})

    def play_unlink(self, call):
        folder, name = self.folder_of(call.paths()[0])
        if folder:
            self.change(folder, {name: None})

    def left(self, cut):
        """What `cut` leaves: {path: content, or None for a folder}."""
        found, waiting = {}, [("", self.root)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node, File):
                found[path] = node.content(cut.data)
                continue
            found[path] = None
            waiting += [(f"{path}/{name}", child) for name, child
                        in sorted(node.entries(cut.happened).items())]
        return found


class Cut:
    """How one power cut deals with what was not synced: `names` and `data`
    each "all", "none", or "any"; names may also be "first", as file systems
    with a journal keep them: up to some call all, and then none."""

    def __init__(self, rng, names, data, count):
        self.rng, self.names, self.kind = rng, names, data
        self.until = rng.randint(0, count)

    def happened(self, number):
        if self.names == "any":
            return self.rng.random() < 0.5
        return self.names == "all" or (self.names == "first" and
                                       number <= self.until)

    def data(self, call):
        kind = self.kind if self.kind != "any" else self.rng.choice(
            ("all", "none", "zeros", "torn"))
        if kind == "none":
            return None
        if kind == "zeros" and call.name == "write":
            return bytes(len(call.data))
        if kind == "torn" and call.name == "write":
            return b"".join(self.sectors(call.data))
        return call.data

    def sectors(self, data):
        """Some of the data; the last piece there may end anywhere."""
        for at in range(0, len(data), SECTOR):
            piece = data[at:at + SECTOR]
            kept = self.rng.choice((0, len(piece),
                                    self.rng.randint(0, len(piece))))
            yield piece[:kept] + bytes(len(piece) - kept)


def write_tree(found, top):
    """Makes the folder `top` as it was left."""
    for path, content in sorted(found.items()):
        place = pathlib.Path(f"{top}{path}")
        if content is None:
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(content)
