#!/usr/bin/env python3
"""Times the core's hashing against Python's package blake3 (Rust), in turn and in the same run, and prints a table.

    java-core/bench/hash.py --python EXE [--dir DIR] [--rounds N] [--java JAVA] [--jar JAR]

EXE is a Python that has the package blake3 (`uv pip install blake3`); it answers from a process of its own that stays
up, as ours does. Conditions: both hash the same files of random bytes, one after the other, round by round; the page
cache is warm. Python maps a file into memory (`update_mmap`), which is its fastest way, with `max_threads`. Both answer
with the digest, and the run fails when they differ. Figures are medians; the first round of a process that stays up is
left out of them and shown as "first".

Cold means a fresh process for every round, from its start to its end: what a command pays. 2,000 files of 1 MiB are
hashed under their quick keys on two threads, as `models index` does; and one file of 45 MiB. No options for the JVM
besides -XX:+UseSerialGC, which is the launcher's.

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

work = {"blake3": whole, "both": both, "quick": lambda threads, path: quick(path), "folder": folder}
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


def fill(room: Path) -> tuple[Path, Path, Path]:
    """Writes the files: one large, one of 45 MiB, and a folder of small ones."""
    large, window, small = room / "large", room / "window", room / "small"
    with large.open("wb") as file:
        for _ in range(LARGE):
            file.write(os.urandom(MIB))
    window.write_bytes(os.urandom(45 * MIB))
    small.mkdir()
    for number in range(FILES):
        (small / f"{number:04}.safetensors").write_bytes(os.urandom(MIB))
    os.sync()
    return large, window, small


def main() -> int:
    """Run the rounds; answers 0."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--python", required=True, help="a Python with the package blake3")
    parser.add_argument("--dir", type=Path, help="where the files are made; by default beside the temporary files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", type=Path, default=HERE.parent / "target" / "tidepool.jar")
    arguments = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="tidepool-hash-", dir=arguments.dir))
    try:
        measure(arguments, room)
    finally:
        shutil.rmtree(room)
    return 0


def measure(arguments: argparse.Namespace, room: Path) -> None:
    large, window, small = fill(room)
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
    rounds, size = arguments.rounds, LARGE * MIB
    for threads in (1, 2):
        name = f"one file of 1 GiB, {threads} thread{'s' * (threads - 1)}"
        compare(name, size, rounds, ours, rival, ("blake3", threads, large), cold=False)
        compare(name + ", and SHA-256", size, rounds, ours, rival, ("both", threads, large), cold=False)
    compare("2,000 x 1 MiB, 2 threads, warm", FILES * MIB, rounds, ours, rival, ("folder", 2, small), cold=False)
    compare("2,000 x 1 MiB, 2 threads, cold", FILES * MIB, rounds, ours, rival, ("folder", 2, small), cold=True)
    compare("one file of 45 MiB, cold", 45 * MIB, rounds, ours, rival, ("quick", 2, window), cold=True)
    ours.close()
    rival.close()


if __name__ == "__main__":
    raise SystemExit(main())
