"""What the crash tests share: running the programs, with fault.so or without,
and asking an archive what it has."""
import json
import os
import pathlib
import subprocess
import sys

RUN_TIMEOUT_S = 60
FOUND_MAX = 100000


class Failure(Exception):
    """A promise was broken; the message says which."""


class Programs:
    """The programs of a build folder."""

    def __init__(self, build):
        build = pathlib.Path(build).resolve()
        self.index = build / "indexer" / "morgue-index"
        self.search = build / "searcher" / "morgue-search"
        self.fault = build / "tests" / "crash" / "fault.so"
        for path in self.index, self.search, self.fault:
            if not path.exists():
                sys.exit(f"'{path}' is not built")

    def environment(self, fault):
        env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")
        # A report is an exit status of its own, and fault.so may come first.
        env["ASAN_OPTIONS"] = ":".join(
            filter(None, [env.get("ASAN_OPTIONS"), "exitcode=99",
                          "verify_asan_link_order=0"]))
        if fault:
            env["LD_PRELOAD"] = str(self.fault)
            env.update({f"FAULT_{key.upper()}": str(value)
                        for key, value in fault.items()})
        return env

    def run(self, program, *args, **fault):
        return subprocess.run([program, *map(str, args)],
                              env=self.environment(fault),
                              stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=RUN_TIMEOUT_S, check=False)

    def indexing(self, archive, *args, **fault):
        """Runs morgue-index over an archive; anything may come of it."""
        return self.run(self.index, "--archive", archive, "--quiet", "--jobs",
                        "1", *args, **fault)

    def changing(self, archive, *args, **fault):
        """The same for what it does instead of indexing."""
        return self.run(self.index, "--archive", archive, "--quiet", *args,
                        **fault)

    def verify(self, archive):
        done = self.run(self.index, "--archive", archive, "--verify")
        expect(done, "--verify", 0)

    def articles(self, archive):
        """Generation, and the set of (id, title) that a search finds; None
        where there is no archive."""
        done = self.run(self.search, "--archive", archive, "--format", "jsonl",
                        "--limit", FOUND_MAX, "*")
        if b"there is no archive" in done.stderr:
            return None
        expect(done, "a search", 0, 1)
        return answer_of(map(json.loads, done.stdout.splitlines()))

    def dump(self, archive):
        """All stored articles but for where they were read, sorted."""
        done = self.run(self.index, "--archive", archive, "--dump")
        expect(done, "--dump", 0)
        return sorted(json.dumps(stored(json.loads(line)), sort_keys=True)
                      for line in done.stdout.splitlines())


def stored(article):
    return {key: value for key, value in article.items()
            if key not in ("path", "offset", "line")}


def answer_of(records):
    """Of the lines of one jsonl answer: its generation and articles."""
    hits, generation = [], None
    for record in records:
        if record["type"] == "hit":
            hits.append((record["id"], record["title"]))
        else:
            generation = record["archive"]["generation"]
    if len(hits) != len({name for name, _ in hits}):
        raise Failure(f"an article was found twice: {sorted(hits)}")
    return generation, frozenset(hits)


def expect(done, what, *statuses):
    if done.returncode not in statuses:
        raise Failure(f"{what} ended with {done.returncode}: "
                      f"{done.stderr.decode(errors='replace').strip()}")


def manifest_lines(archive):
    with open(archive / "XAPIANDB", encoding="ascii") as manifest:
        return [line.rstrip("\n").removeprefix("# ").split(" ")
                for line in manifest]


def named_files(archive):
    """Paths of all files that the manifest names."""
    return {words[1] for words in manifest_lines(archive)
            if words[0] in ("file", "deleted", "ledger", "rejects")}


def write_articles(path, articles, damaged=0):
    """JSON Lines, with so many lines in between that are cut off."""
    with open(path, "w", encoding="utf-8") as out:
        for number, article in enumerate(articles):
            out.write(json.dumps(article) + "\n")
            if number < damaged:
                out.write(f'{{"id": "cut-{path.stem}-{number}", "title": "\n')
