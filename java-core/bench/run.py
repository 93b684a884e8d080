#!/usr/bin/env python3
"""Times the core against its rivals, in turn and in the same run, and prints a table.

    java-core/bench/run.py [--dir DIR] [--rounds N] [--only WORD] [--java JAVA] [--jar JAR]

Conditions: everything lies in one folder (--dir, by default a fresh one beside the system's temporary files). The page
cache is warm: all inputs are read once before the rounds, and before every timing the previous output is deleted and
`sync` waits until nothing is left to write. The core fsyncs what it writes, as always; the rivals do not, so that each
rival is shown twice: as it is ("plain", which decides the goal), and followed by an fsync of all it wrote ("synced",
for information). Photos are measured twice: true JPEGs (the core paints them), and random bytes behind a JPEG header,
which deflate gives up on at once, so that unpacking them is hardly more than copying. For import the rival unpacks its
own deflated archive, as in the goal for export, and for information the core's archive, which is stored. The
core runs in one JVM that stays up, its first round included. Figures are medians.

Needs python3, zip, a JDK 17+, the built jar (mvn -q package), and some 12 GB of disk, all of it given back.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PHOTOS = 500
PAINTINGS = 10
PHOTO_BYTES = 2_000_000
SMALL_BYTES = 20_000
MANY = 10_000
HUGE_BYTES = (4 << 30) + (64 << 20)


class Core:
    """The core in a JVM of its own, which obeys the commands of CoreBench.java."""

    def __init__(self, arguments: argparse.Namespace, base: Path, *options: str) -> None:
        base.mkdir(parents=True, exist_ok=True)
        source = str(HERE / "CoreBench.java")
        command = [arguments.java, *options, "-cp", str(arguments.jar), source, str(base)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, *words: object) -> tuple[float, str]:
        """Seconds and result of one command."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"the core failed at: {words}")
        nanoseconds, result = answer.rstrip("\n").split("\t", 1)
        return int(nanoseconds) / 1e9, result

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


class Table:
    """Collects rows and prints them."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = [("figure", "ours", "rival", "", "ratio", "goal", "met")]
        self.missed = False

    def add(self, figure: str, ours: str, rival: str, theirs: str, ratio: str, goal: str, met: bool | None) -> None:
        verdict = "" if met is None else "yes" if met else "NO"
        self.missed = self.missed or met is False
        self.rows.append((figure, ours, rival, theirs, ratio, goal, verdict))
        print("  ".join(self.rows[-1]), file=sys.stderr)

    def show(self) -> None:
        widths = [max(len(row[i]) for row in self.rows) for i in range(len(self.rows[0]))]
        for row in self.rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def jpeg(path: Path, length: int) -> None:
    """An incompressible file with a true JPEG header: 4000 x 3000, then noise without markers' meaning."""
    frame = bytes.fromhex(
        "ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 000b 08 0bb8 0fa0 01 011100 ffda 0008 0101 00 003f00"
    )
    path.write_bytes(frame + os.urandom(length - len(frame) - 2) + b"\xff\xd9")


def sparse_png(path: Path, length: int) -> None:
    """A PNG of 64 x 64 with one endless chunk of zeros, which takes no room on the disk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = chunk(b"IHDR", (64).to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, 0)))
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + header)
        file.truncate(length)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def settle(*outputs: Path) -> None:
    """Deletes what the last timing wrote and waits for the disk."""
    for output in outputs:
        if output.is_dir():
            shutil.rmtree(output)
        else:
            output.unlink(missing_ok=True)
    os.sync()


def fsync_all(output: Path) -> None:
    for path in [output, *output.rglob("*")] if output.is_dir() else [output]:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def zip_with_python(source: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(source.iterdir()):
            archive.write(path, f"pool/{path.name}")


def zip_without_compression(source: Path, target: Path) -> None:
    subprocess.run(["zip", "-0", "-q", "-r", str(target), "."], cwd=source, check=True)


def unzip_with_python(archive: Path, target: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


class Rival:
    """One rival's plain and synced times over the rounds."""

    def __init__(self, name: str, work: Callable[[], object], output: Path) -> None:
        self.name = name
        self.work = work
        self.output = output
        self.plain: list[float] = []
        self.synced: list[float] = []

    def run(self) -> None:
        settle(self.output)
        self.plain.append(timed(self.work))
        self.synced.append(self.plain[-1] + timed(lambda: fsync_all(self.output)))


def compare(table: Table, figure: str, ours: list[float], rival: Rival, goal: float | None, faster: bool) -> None:
    """Adds the rival's two rows. A goal is "at least N times as fast", or "at most N times its time"."""
    mine = statistics.median(ours)
    for kind, times in (("plain", rival.plain), ("synced", rival.synced)):
        theirs = statistics.median(times)
        ratio = theirs / mine if faster else mine / theirs
        text = f"{ratio:.1f} times as fast" if faster else f"{ratio:.2f} x its time"
        wanted, met = "", None
        if goal is not None and kind == "plain":
            wanted = f">= {goal:g}" if faster else f"<= {goal:g}"
            met = ratio >= goal if faster else ratio <= goal
        table.add(figure, seconds(mine), f"{rival.name}, {kind}", seconds(theirs), text, wanted, met)


def paint(core: Core, photos: Path, noise: bool) -> None:
    """Fills a folder with photos of 2 MB: random bytes behind a JPEG header, or a few true JPEGs many times over."""
    photos.mkdir()
    paintings = []
    for number in range(PHOTOS):
        photo = photos / f"photo-{number:03}.jpg"
        if noise:
            jpeg(photo, PHOTO_BYTES)
        else:
            if number < PAINTINGS:
                core("photo", number, photo)
                paintings.append(photo.read_bytes())
            photo.write_bytes(paintings[number % PAINTINGS] + number.to_bytes(4, "big"))


def archives(arguments: argparse.Namespace, table: Table, room: Path) -> None:
    """Export and import of a pool of photos."""
    for noise in (False, True):
        what = f"{PHOTOS} x 2 MB, " + ("random bytes" if noise else "true JPEGs")
        folder = room / ("noise" if noise else "photos")
        folder.mkdir()
        archive(arguments, table, folder, noise, what)
        shutil.rmtree(folder)


def archive(arguments: argparse.Namespace, table: Table, room: Path, noise: bool, what: str) -> None:
    base = room / "base"
    core = Core(arguments, base)
    photos = room / "photos"
    paint(core, photos, noise)
    pool = core("create", "photos")[1]
    for path in sorted(photos.iterdir()):
        core("add", pool, path, 1, "photo-")
    ours, deflated, stored = room / "ours.zip", room / "deflated.zip", room / "stored.zip"
    zipfiles = Rival("zipfile deflated", lambda: zip_with_python(photos, deflated), deflated)
    zips = Rival("zip -0", lambda: zip_without_compression(photos, stored), stored)
    times = []
    for _ in range(arguments.rounds):
        zipfiles.run()
        zips.run()
        settle(ours)
        times.append(core("export", pool, ours)[0])
    compare(table, f"export {what}", times, zipfiles, 5, faster=True)
    compare(table, f"export {what}", times, zips, 1.2, faster=False)
    settle(stored)

    out = room / "out"
    same = Rival("zipfile, our archive", lambda: unzip_with_python(ours, out), out)
    own = Rival("zipfile, its deflated archive", lambda: unzip_with_python(deflated, out), out)
    times = []
    for number in range(arguments.rounds):
        same.run()
        own.run()
        settle(out)
        taken, imported = core("import", ours, f"import {number}")
        times.append(taken)
        core("delete", imported)
        settle(base / ".trash")
    compare(table, f"import {what}", times, same, None, faster=True)
    compare(table, f"import {what}", times, own, 5, faster=True)
    core.close()


def listings(arguments: argparse.Namespace, table: Table, room: Path) -> None:
    """Listing many profiles and a pool of many images; adding to it."""
    base = room / "many"
    core = Core(arguments, base)
    print(f"making {MANY} profiles and a pool of {MANY} images ...", file=sys.stderr)
    for number in range(MANY):
        core("create", f"profile {number}")
    small, large = room / "small.jpg", room / "large.jpg"
    jpeg(small, SMALL_BYTES)
    jpeg(large, PHOTO_BYTES)
    full = core("create", "full")[1]
    core("add", full, small, MANY, "image-")

    for figure, command in ((f"list {MANY} profiles", ("profiles",)), (f"list a pool of {MANY}", ("pool", full))):
        times = [core(*command)[0] for _ in range(40)]
        middle = statistics.median(times[10:])
        table.add(figure + ", warm", seconds(middle), "first call", seconds(times[0]), "", "< 50 ms", middle < 0.05)

    for name, file in (("20 kB", small), ("2 MB", large)):
        into_full, into_empty = [], []
        for number in range(41):
            empty = core("create", f"empty {name} {number}")[1]
            os.sync()
            into_empty.append(core("add", empty, file, 1, "new-")[0])
            os.sync()
            into_full.append(core("add", full, file, 1, "new-")[0])
        mine, theirs = statistics.median(into_full[5:]), statistics.median(into_empty[5:])
        table.add(
            f"add {name} to a pool of {MANY}",
            seconds(mine),
            "to an empty pool",
            seconds(theirs),
            f"{mine / theirs:.2f} x its time",
            "<= 2",
            mine <= 2 * theirs,
        )
    core.close()


def memory(arguments: argparse.Namespace, table: Table, room: Path) -> None:
    """A 4 GB archive in a JVM of 64 MB."""
    base = room / "huge"
    core = Core(arguments, base, "-Xmx64m")
    pool = core("create", "huge")[1]
    (base / pool).mkdir(exist_ok=True)
    sparse_png(base / pool / "huge.png", HUGE_BYTES)
    archive = room / "huge.zip"
    before = int(core("memory")[1])
    for figure, command in (("export 4 GB", ("export", pool, archive)), ("import 4 GB", ("import", archive, "huge 2"))):
        taken, _ = core(*command)
        peak = int(core("memory")[1])
        table.add(
            f"{figure} with -Xmx64m ({seconds(taken)})",
            f"{peak / 1024:.0f} MB",
            "resident before",
            f"{before / 1024:.0f} MB",
            f"+{(peak - before) / 1024:.0f} MB",
            "done",
            archive.stat().st_size > HUGE_BYTES,
        )
    core.close()


PARTS = {"archives": archives, "listings": listings, "memory": memory}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=Path, help="folder on the disk to measure")
    parser.add_argument("--rounds", type=int, default=5, help="timings per figure of export and import")
    parser.add_argument("--only", choices=sorted(PARTS), help="one part only")
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", type=Path, default=HERE.parent / "target" / "tidepool.jar")
    arguments = parser.parse_args()
    table = Table()
    for name, part in PARTS.items():
        if arguments.only in (None, name):
            with tempfile.TemporaryDirectory(prefix="tidepool-bench-", dir=arguments.dir) as room:
                part(arguments, table, Path(room))
    java = subprocess.run([arguments.java, "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[
        0
    ]
    print(f"{platform.system()}, {os.cpu_count()} cores, {java}, Python {platform.python_version()}")
    print(f"rounds {arguments.rounds}, page cache warm, the core fsyncs, rivals as said; medians")
    table.show()
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
