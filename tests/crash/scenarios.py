"""The runs that the crash tests disturb, and what must be true afterwards."""
import collections
import json
import shutil

from harness import (Failure, expect, manifest_lines, named_files,
                     write_articles)

LEFTOVER = "g999-0123456789ab"
DAYS = 7        # with the night's, so many segments and ledgers are merged
PER_DAY = 6
HOUR_S = 3600   # more than what unnamed files are kept for


def day_articles(day):
    return [{"id": f"day{day}-{n}", "title": f"Day {day} number {n}",
             "body": f"What day {day} brought, and some {n} words more.",
             "date": f"2022-02-{day:02}", "source": "The Wire"}
            for n in range(PER_DAY)]


def night_articles():
    """New ones, and new versions: all of day 1, one each of days 2 to 4, the
    first of them twice."""
    known = day_articles(1) + [day_articles(day)[0] for day in (2, 3, 4)]
    for article in known:
        article["title"] += " again"
    last = dict(known[0], title="Day 1 number 0 for the last time")
    new = [{"id": f"night-{n}", "title": f"Night {n}",
            "body": f"Nord Stream sanctions, report {n}."} for n in range(5)]
    return known + new + [last]


class Scenario:
    """An archive, made once (or none), and the run that is disturbed."""

    done = 1        # exit status of a run that is not disturbed
    again = (0,)    # and of one after it
    purges = False  # whether it leaves only what the manifest names

    def __init__(self, programs, name, folder):
        self.programs, self.name = programs, name
        self.folder = folder / name
        self.sources = self.folder / "sources"
        self.prepared = self.folder / "prepared"
        self.disk = self.folder / "disk"    # nothing but the archive
        self.archive = self.disk / "archive"
        self.sources.mkdir(parents=True)
        self.disk.mkdir()
        self.night = self.sources / "night.jsonl"
        write_articles(self.night, night_articles(), damaged=2)
        (self.sources / "note.txt").write_text(
            "A note\n\nIts title is its first line.\n")
        self.before = self.prepare()
        self.undisturbed()

    def prepare(self):
        return None

    def remove(self):
        shutil.rmtree(self.archive, ignore_errors=True)

    def fresh(self):
        self.remove()
        if self.prepared.exists():
            shutil.copytree(self.prepared, self.archive)

    def run(self, **fault):
        fault.setdefault("under", self.archive)
        return self.programs.indexing(self.archive, "--merge-budget", "1G",
                                      self.night, self.sources / "note.txt",
                                      **fault)

    def undisturbed(self):
        log = self.folder / "log"
        self.fresh()
        done = self.run(log=log)
        expect(done, "the undisturbed run", self.done)
        self.programs.verify(self.archive)
        self.after = self.programs.articles(self.archive)
        self.dump = self.programs.dump(self.archive)
        self.rejects = rejects_of(self.archive)
        self.calls = [line.split(" ", 2)
                      for line in log.read_text().splitlines()]


class FirstRun(Scenario):
    """Makes the archive."""


class Nightly(Scenario):
    """Adds, updates, drops a segment, rejects, merges segments, ledgers and
    rejects, and removes what was left by others."""

    def prepare(self):
        for day in range(1, DAYS + 1):
            source = self.sources / f"day{day}.jsonl"
            write_articles(source, day_articles(day), damaged=1)
            done = self.programs.indexing(
                self.prepared, "--merge-budget", "0", source,
                clock=-HOUR_S)
            expect(done, "preparing", 1)
        self.leave_behind()
        return self.programs.articles(self.prepared)

    def leave_behind(self):
        """What a run that was killed leaves."""
        segment = self.prepared / "segments" / LEFTOVER
        segment.mkdir()
        for path in (segment / "tokens", segment / "docdata.glass.tmp",
                     self.prepared / "segments" / f"{LEFTOVER}.deleted-999",
                     self.prepared / "ledger" / f"{LEFTOVER}.tmp",
                     self.prepared / "rejects" / LEFTOVER,
                     self.prepared / "XAPIANDB.tmp"):
            path.write_text("half")
        with open(self.prepared / "runs.jsonl", "a", encoding="ascii") as log:
            log.write('{"half')


class Deleting(Nightly):
    """Deletes articles of several segments, one of them whole, and takes all
    that is deleted off the disk."""

    done = 0
    again = (1,)    # they are not there any more
    purges = True

    def run(self, **fault):
        fault.setdefault("under", self.archive)
        gone = [f"day1-{n}" for n in range(PER_DAY)] + ["day3-2", "day6-0"]
        return self.programs.changing(self.archive, "--purge", "--delete",
                                      *gone, **fault)


class Optimizing(Nightly):
    """Merges all segments into one."""

    done = 0

    def run(self, **fault):
        fault.setdefault("under", self.archive)
        return self.programs.changing(self.archive, "--optimize", **fault)


SCENARIOS = FirstRun, Nightly, Deleting, Optimizing


def rejects_of(archive):
    """What was rejected where, each as often as it is kept."""
    found = collections.Counter()
    for words in manifest_lines(archive):
        if words[0] == "rejects":
            for line in (archive / words[1]).read_text().splitlines():
                reject = json.loads(line)
                found[reject["path"], reject["offset"], reject["reason"]] += 1
    return found


def check_logged(archive):
    """Each run has a line; what was cut off is a line of its own."""
    for line in (archive / "runs.jsonl").read_text().splitlines()[-1:]:
        json.loads(line)


def check_tidy(archive):
    """Only what is named is there."""
    there = {str(path.relative_to(archive))
             for folder in ("segments", "ledger", "rejects")
             for path in (archive / folder).rglob("*") if not path.is_dir()}
    if there != named_files(archive):
        raise Failure("files are left over or missing: "
                      f"{sorted(there ^ named_files(archive))}")
    top = {path.name for path in archive.iterdir()}
    known = {"XAPIANDB", "segments", "ledger", "rejects", "lock", "runs.jsonl"}
    if not top <= known:
        raise Failure(f"files are left over: {sorted(top - known)}")


def check_seen(scenario):
    """The generation before or after, and nothing between."""
    seen = scenario.programs.articles(scenario.archive)
    before = scenario.before
    if before is None:
        if seen is None:
            return
        before = (1, frozenset())
    if seen is None:
        raise Failure("the archive is gone")
    wanted = before[1] if seen[0] == before[0] else scenario.after[1]
    if not before[0] <= seen[0] <= scenario.after[0] or seen[1] != wanted:
        raise Failure(f"generation {seen[0]} shows {sorted(seen[1] ^ wanted)} "
                      "otherwise than it should")
    scenario.programs.verify(scenario.archive)


def check_recovery(scenario):
    """The next run makes it whole, and the one after that clean."""
    programs, archive = scenario.programs, scenario.archive
    expect(scenario.run(), "the next run", scenario.done, *scenario.again)
    programs.verify(archive)
    if programs.dump(archive) != scenario.dump:
        raise Failure("the next run makes another archive")
    if rejects_of(archive) != scenario.rejects:
        raise Failure("the next run keeps other rejects")
    check_logged(archive)
    generation = programs.articles(archive)[0]
    expect(scenario.run(clock=HOUR_S), "a run without news", *scenario.again)
    if programs.articles(archive)[0] != generation:
        raise Failure("a run without news publishes")
    check_tidy(archive)
