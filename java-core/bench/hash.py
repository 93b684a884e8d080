#!/usr/bin/env python3
"""Times the core's hashing against Python's package blake3 (Rust), in turn and in the same run, and prints a table.

    java-core/bench/hash.py --python EXE [--dir DIR] [--rounds N] [--gib N] [--only-export] [--java JAVA]
                            [--jar JAR]

EXE is a Python that has the package blake3 (`uv pip install blake3`); it answers from a process of its own that stays
up, as ours does. Conditions: both hash the same files of random bytes, one after the other, round by round; the page
cache is warm. Python maps a file into memory (`update_mmap`), which is its fastest way, with `max_threads`. Both answer
with the digest, and the run fails when they differ. Figures are medians; the first round of a process that stays up is
left out of them and shown as "first".

Cold means a fresh process for every round, from its start to its end: what a command pays. 2,000 files of 1 MiB are
hashed under their quick keys on two threads, as `models index` does; and one file of 45 MiB. No options for the JVM
besides -XX:+UseSerialGC, which is the launcher's.

The last row is what an export costs: SHA-256 and BLAKE3 of N GiB of models (20 unless --gib says otherwise; the file
of 1 GiB again and again) on two threads, against SHA-256 alone by whoever is faster at it, Java or Python's OpenSSL;
at most 1.3 times as long is the goal. With --only-export only that is measured.

Needs a JDK 17+ with javac, the built jar (mvn -q package), and 4 GB of disk, all of it given back.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MIB = 1 << 20
LARGE = 1024
FILES = 2000
EXPORT_GOAL = 1.3

RIVAL = """
import hashlib, os, sys, time
from concurrent.futures import ThreadPoolExecutor
from blake3 import blake3

def whole(threads, path):
    return blake3(max_threads=threads).update_mmap(path).hexdigest()

def both(threads, path):
    sha256, other = hashlib.sha256(), blake3(max_threads=threads)
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(1 << 23):
            sha256.update(piece)
            other.update(piece)
    return other.hexdigest() + " " + sha256.hexdigest()

def quick(path):
    with open(path, "rb", buffering=0) as file:
        content = file.read()
    return blake3(str(len(content)).encode() + content).hexdigest()[:16]

def folder(threads, path):
    with ThreadPoolExecutor(threads) as pool:
        keys = pool.map(quick, (os.path.join(path, name) for name in sorted(os.listdir(path))))
        return blake3("".join(keys).encode()).hexdigest()

def sha256(path):
    with open(path, "rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

work = {"blake3": whole, "both": both, "folder": folder}
work["quick"] = lambda threads, path: quick(path)
work["sha256"] = lambda threads, path: sha256(path)
for line in sys.stdin:
    command, threads, path = line.rstrip("\\n").split("\\t")
    start = time.perf_counter_ns()
    result = work[command](int(threads), path)
    print(time.perf_counter_ns() - start, result, sep="\\t", flush=True)
"""


class Side:
    """A process that obeys the commands of HashBench.java."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process = self.start()

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, *words: object) -> tuple[float, str]:
        """Seconds and result of one command."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"failed at {words}: {self.command[0]}")
        nanoseconds, result = answer.rstrip("\n").split("\t", 1)
        return int(nanoseconds) / 1e9, result

    def fresh(self, *words: object) -> tuple[float, str]:
        """Seconds of a process of its own for one command, from start to end, and the result."""
        line = "\t".join(map(str, words)) + "\n"
        start = time.perf_counter()
        done = subprocess.run(self.command, input=line, capture_output=True, text=True, check=True)
        return time.perf_counter() - start, done.stdout.rstrip("\n").split("\t", 1)[1]

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def compare(
    figure: str, size: int, rounds: int, ours: Side, rival: Side, words: tuple[object, ...], cold: bool
) -> None:
    """Prints one row: both sides' medians over the rounds, and the ratio."""
    mine, theirs = [], []
    for _ in range(rounds if cold else rounds + 1):
        one, first = ours.fresh(*words) if cold else ours(*words)
        other, second = rival.fresh(*words) if cold else rival(*words)
        if first != second:
            raise SystemExit(f"{figure}: {first} is not {second}")
        mine.append(one)
        theirs.append(other)
    shown = "" if cold else f"first {size / mine[0] / 1e9:.2f} GB/s"
    kept = slice(0 if cold else 1, None)
    one, other = statistics.median(mine[kept]), statistics.median(theirs[kept])
    best = size / min(mine[kept]) / 1e9
    print(
        f"{figure:34} ours {one:6.3f} s {size / one / 1e9:5.2f} GB/s (best {best:.2f})   "
        f"blake3 {other:6.3f} s {size / other / 1e9:5.2f} GB/s   {other / one:5.2f} of its speed   {shown}".rstrip(),
        flush=True,
    )


def export(gib: int, ours: Side, rival: Side, large: Path) -> bool:
    """Prints what both hashes cost in comparison with SHA-256 alone; answers whether that is within the goal."""
    seconds = {"both": 0.0, "Java": 0.0, "OpenSSL": 0.0}
    for words in (("both", 2, large), ("sha256", 1, large)):
        ours(*words)
    for _ in range(gib):
        for name, side, words in (
            ("both", ours, ("both", 2, large)),
            ("Java", ours, ("sha256", 1, large)),
            ("OpenSSL", rival, ("sha256", 1, large)),
        ):
            seconds[name] += side(*words)[0]
    alone = min(seconds["Java"], seconds["OpenSSL"])
    print(
        f"{gib} GiB for an export, 2 threads      both {seconds['both']:6.3f} s   SHA-256 alone: Java "
        f"{seconds['Java']:6.3f} s, OpenSSL {seconds['OpenSSL']:6.3f} s   {seconds['both'] / alone:5.2f} times; goal "
        f"{EXPORT_GOAL}",
        flush=True,
    )
    return seconds["both"] / alone <= EXPORT_GOAL


def fill(room: Path, only_large: bool) -> tuple[Path, Path, Path]:
    """Writes the files: one large, and unless that is all, one of 45 MiB, and a folder of small ones."""
    large, window, small = room / "large", room / "window", room / "small"
    with large.open("wb") as file:
        for _ in range(LARGE):
            file.write(os.urandom(MIB))
    if only_large:
        return large, window, small
    window.write_bytes(os.urandom(45 * MIB))
    small.mkdir()
    for number in range(FILES):
        (small / f"{number:04}.safetensors").write_bytes(os.urandom(MIB))
    os.sync()
    return large, window, small


def main() -> int:
    """Run the rounds; answers 1 when an export misses its goal."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--python", required=True, help="a Python with the package blake3")
    parser.add_argument("--dir", type=Path, help="where the files are made; by default beside the temporary files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gib", type=int, default=20, help="how much an export hashes (default 20)")
    parser.add_argument("--only-export", action="store_true", help="leave the other rows out")
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", type=Path, default=HERE.parent / "target" / "tidepool.jar")
    arguments = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="tidepool-hash-", dir=arguments.dir))
    try:
        return 0 if measure(arguments, room) else 1
    finally:
        shutil.rmtree(room)


def measure(arguments: argparse.Namespace, room: Path) -> bool:
    """Runs all; answers whether the goal of an export is met."""
    large, window, small = fill(room, arguments.only_export)
    classes = room / "classes"
    java = Path(shutil.which(arguments.java) or arguments.java)
    compiler = java.resolve().with_name("javac")
    subprocess.run(
        [compiler, "-cp", arguments.jar, "-d", classes, HERE / "HashBench.java"], check=True, stderr=subprocess.DEVNULL
    )
    path = os.pathsep.join((str(classes), str(arguments.jar)))
    ours = Side([str(java), "-XX:+UseSerialGC", "-cp", path, "HashBench"])
    rival = Side([arguments.python, "-c", RIVAL])
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", file=sys.stderr)
    try:
        if not arguments.only_export:
            compare_all(arguments.rounds, ours, rival, large, window, small)
        return export(arguments.gib, ours, rival, large)
    finally:
        ours.close()
        rival.close()


def compare_all(rounds: int, ours: Side, rival: Side, large: Path, window: Path, small: Path) -> None:
    """Prints the rows of ours against the package blake3."""
    size = LARGE * MIB
    for threads in (1, 2):
        name = f"one file of 1 GiB, {threads} thread{'s' * (threads - 1)}"
        compare(name, size, rounds, ours, rival, ("blake3", threads, large), cold=False)
        compare(name + ", and SHA-256", size, rounds, ours, rival, ("both", threads, large), cold=False)
    compare("2,000 x 1 MiB, 2 threads, warm", FILES * MIB, rounds, ours, rival, ("folder", 2, small), cold=False)
    compare("2,000 x 1 MiB, 2 threads, cold", FILES * MIB, rounds, ours, rival, ("folder", 2, small), cold=True)
    compare("one file of 45 MiB, cold", 45 * MIB, rounds, ours, rival, ("quick", 2, window), cold=True)


if __name__ == "__main__":
    raise SystemExit(main())
