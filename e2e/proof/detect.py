#!/usr/bin/env python3
"""Proves that the tests detect: breaks the sources on purpose, one line at a time, and demands that a test goes red.

    e2e/proof/detect.py [--list] [--only NAME,…] [--comfyui DIR --python EXE [--chromium EXE]] [--lock FILE]

The breakages stand in breakages.toml. Each is made in a copy of the tree, and just the tests concerned run there: they
have to have passed before it, the same tests have to run with it, and at least one of them has to fail. What does not
compile, or what keeps the tests from running at all, does not count as detected. What is not found in its file exactly
once is stale, which is an error.

Needs what `./tidepool test java bridge page` leaves behind: java-core/target, node_modules and Maven's repository. The
layers nodes and browser need a ComfyUI besides: --comfyui is the folder of its main.py, --python its interpreter;
without them their breakages are errors, too. --lock is a file to hold a lock on while a ComfyUI runs, for machines
on which others start one as well. Ends with 1 when anything was not detected.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import fcntl
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("breakages.toml")
LIMIT_SECONDS = 600
sys.path.insert(0, str(ROOT / "python-bridge"))

import environments  # noqa: E402 - found through the line above


class Unusable(Exception):  # noqa: N818 - it says what is the matter
    """A breakage or a selection of tests that cannot be judged, and why."""


@dataclass(frozen=True)
class Breakage:
    """One line of a source file made wrong, and the tests that must notice: a layer, and a selection within it."""

    name: str
    file: str
    old: str
    new: str
    layer: str
    tests: str

    @contextlib.contextmanager
    def made_in(self, copy: Path) -> Iterator[None]:
        """Break the copy's file while the block runs."""
        file = copy / self.file
        text = file.read_text("utf-8")
        if text.count(self.old) != 1:
            raise Unusable(f"stale: its text is {text.count(self.old)} times in {self.file}")
        file.write_text(text.replace(self.old, self.new), "utf-8")
        try:
            yield
        finally:
            file.write_text(text, "utf-8")


@dataclass(frozen=True)
class Outcome:
    """What a run of tests came to: how many ran, and the names of those that failed."""

    tests: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Bench:
    """The copy of the tree, and what the tests in it are run with."""

    copy: Path
    comfyui: Path | None
    python: Path | None
    chromium: Path
    lock: Path | None

    def run(self, layer: str, tests: str) -> Outcome:
        """Run a selection of tests in the copy; raises ``Unusable`` when none of them ran."""
        layers = {
            "java": self._java,
            "bridge": self._bridge,
            "routes": self._routes,
            "nodes": self._nodes,
            "page": self._page,
            "browser": self._browser,
        }
        return layers[layer](tests)

    def compile(self, file: str) -> None:
        """Compile one Java source anew, and what was not compiled before; any other file needs none of that.

        Raises ``Unusable`` when it does not compile.
        """
        if not file.startswith("java-core/"):
            return
        target = self.copy / "java-core" / "target"
        path = target / "class-path.txt"
        if not path.exists():
            listing = ["dependency:build-classpath", "-Dmdep.includeScope=compile", f"-Dmdep.outputFile={path}"]
            self._built([*MAVEN, "-pl", "java-core", "test-compile", *listing], self.copy)
        options = ["-nowarn", "-parameters", "-XDstringConcat=inline", "--release", "17"]
        libraries = f"{target / 'classes'}:{path.read_text('utf-8')}"
        self._built(["javac", *options, "-cp", libraries, "-d", str(target / "classes"), file], self.copy)

    def _java(self, tests: str) -> Outcome:
        reports = self.copy / "java-core" / "target" / "surefire-reports"
        return self._judged([*MAVEN, "-pl", "java-core", "surefire:test", f"-Dtest={tests}"], reports)

    def _bridge(self, tests: str) -> Outcome:
        return self._pytest("python-bridge", tests, [], {})

    def _routes(self, tests: str) -> Outcome:
        return self._pytest("comfy-node", tests, [ROOT / "comfy-node" / "requirements" / "test.txt"], {})

    def _nodes(self, tests: str) -> Outcome:
        source, python = self._comfyui()
        inside = {"TIDEPOOL_TEST_COMFYUI": str(source), "TIDEPOOL_TEST_PYTHON": str(python)}
        with self._locked():
            return self._pytest("comfy-node", tests, [ROOT / "comfy-node" / "requirements" / "test.txt"], inside)

    def _pytest(self, folder: str, tests: str, more: list[Path], variables: Mapping[str, str]) -> Outcome:
        environment = environments.prepare(environments.find_pythons()[0], *more)
        report = self.copy / "reports" / "TEST-pytest.xml"
        command = [str(environment / "bin" / "python"), "-m", "pytest", *tests.split(), f"--junitxml={report}"]
        # Before the installed sources, which are those of the tree that is not broken.
        path = {"PYTHONPATH": str(self.copy / "python-bridge" / "src"), **variables}
        known = environments.variables(environments.find_javas()[0])
        return self._judged(command, report.parent, self.copy / folder, {**known, **path})

    def _page(self, tests: str) -> Outcome:
        folder, report = self.copy / "web-extension", self.copy / "reports" / "TEST-vitest.xml"
        self._built(["npx", "--no-install", "tsc", "--noEmit"], folder)
        command = ["npx", "--no-install", "vitest", "run", *tests.split(), "--reporter=junit", f"--outputFile={report}"]
        return self._judged(command, report.parent, folder)

    def _browser(self, tests: str) -> Outcome:
        source, python = self._comfyui()
        page, pack = self.copy / "web-extension", self.copy / "comfy-node" / "target"
        self._built(["npx", "--no-install", "tsc", "--noEmit"], page)
        self._built(["npx", "--no-install", "vite", "build"], page)
        self._built([sys.executable, "comfy-node/build_pack.py", "--python", str(python)], self.copy)
        properties = {
            "tidepool.comfyui": source,
            "tidepool.python": python,
            "tidepool.pack": pack / "comfyui-tidepool",
            "tidepool.chromium": self.chromium,
            "tidepool.modes": "CLASSIC",
            "test": tests,
        }
        options = [f"-D{name}={value}" for name, value in properties.items()]
        with self._locked():
            return self._judged(
                [*MAVEN, "-pl", "e2e", "test", *options], self.copy / "e2e" / "target" / "surefire-reports"
            )

    def _comfyui(self) -> tuple[Path, Path]:
        if self.comfyui is None or self.python is None:
            raise Unusable("needs --comfyui and --python")
        return self.comfyui, self.python

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        if self.lock is None:
            yield
            return
        with self.lock.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _built(self, command: list[str], folder: Path) -> None:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Unusable(f"does not compile: {(done.stdout + done.stderr).strip()[-300:]}")

    def _judged(
        self, command: list[str], reports: Path, folder: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Outcome:
        """Run tests and read their reports, which are of JUnit's kind in every layer."""
        shutil.rmtree(reports, ignore_errors=True)
        reports.mkdir(parents=True)
        try:
            done = subprocess.run(
                command,
                cwd=folder or self.copy,
                env=None if env is None else dict(env),
                capture_output=True,
                text=True,
                timeout=LIMIT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unusable(f"the tests did not end within {LIMIT_SECONDS} s") from None
        cases = [
            case
            for file in sorted(reports.glob("TEST-*.xml"))
            for case in ElementTree.parse(file).getroot().iter("testcase")
        ]
        if not cases:
            raise Unusable(f"no test ran: {(done.stdout + done.stderr).strip()[-600:]}")
        failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
        return Outcome(len(cases), tuple(str(case.get("name")) for case in failed))


MAVEN = ["mvn", "-B", "-o", "-q", "--no-transfer-progress", "-Dgates=off", "-Dsurefire.failIfNoSpecifiedTests=true"]


@dataclass
class Proof:
    """Judges breakages, and keeps what each selection of tests comes to when nothing is broken."""

    bench: Bench
    whole: dict[tuple[str, str], Outcome] = dataclasses.field(default_factory=dict)

    def judge(self, breakage: Breakage) -> tuple[bool, str]:
        """Say whether the tests notice a breakage, and how or why not."""
        try:
            self.bench.compile(breakage.file)
            whole = self._unbroken(breakage.layer, breakage.tests)
            try:
                with breakage.made_in(self.bench.copy):
                    if breakage.file.endswith(".py"):
                        py_compile.compile(str(self.bench.copy / breakage.file), doraise=True)
                    self.bench.compile(breakage.file)
                    broken = self.bench.run(breakage.layer, breakage.tests)
            finally:
                self.bench.compile(breakage.file)
        except (Unusable, py_compile.PyCompileError) as error:
            return False, str(error)
        if broken.tests != whole.tests:
            return False, f"other tests ran: {broken.tests} instead of {whole.tests}"
        if not broken.failed:
            return False, f"all {broken.tests} tests passed"
        others = len(broken.failed) - 1
        return True, broken.failed[0] + (f" and {others} more" if others else "")

    def _unbroken(self, layer: str, tests: str) -> Outcome:
        key = (layer, tests)
        if key not in self.whole:
            outcome = self.bench.run(layer, tests)
            if outcome.failed:
                raise Unusable(f"fails without the breakage: {outcome.failed[0]}")
            self.whole[key] = outcome
        return self.whole[key]


def copied(target: Path) -> None:
    """Copy what git knows of the tree or would take, and what was built or fetched before."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    for name in ("java-core/target", "web-extension/node_modules"):
        if not (ROOT / name).is_dir():
            raise SystemExit(f"error: {name} is missing\nhint: ./tidepool test java page makes it")
        shutil.copytree(ROOT / name, target / name, symlinks=True)
    (ROOT / ".tidepool").mkdir(exist_ok=True)
    (target / ".tidepool").symlink_to(ROOT / ".tidepool")


def table() -> list[Breakage]:
    """Read the breakages."""
    with TABLE.open("rb") as file:
        entries = tomllib.load(file)["breakage"]
    breakages = [Breakage(**entry) for entry in entries]
    if len({one.name for one in breakages}) < len(breakages):
        raise SystemExit(f"error: two breakages in {TABLE.name} have the same name")
    return breakages


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="only list the breakages")
    parser.add_argument("--only", help="the names of some breakages, or of layers, with commas between")
    parser.add_argument("--comfyui", type=Path)
    parser.add_argument("--python", type=Path)
    parser.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"))
    parser.add_argument("--lock", type=Path)
    return parser.parse_args()


def main() -> int:
    """Make each breakage in turn, and tell what the tests said to it."""
    arguments = parsed()
    wanted = set(filter(None, (arguments.only or "").split(",")))
    breakages = [one for one in table() if not wanted or wanted & {one.name, one.layer}]
    if not breakages:
        raise SystemExit(f"error: there is no breakage {arguments.only}\nhint: --list names them")
    if arguments.list:
        for one in breakages:
            print(f"{one.name:<44} {one.layer:<8} {one.tests}")
        return 0
    missed = []
    with tempfile.TemporaryDirectory(prefix="tidepool-proof-") as folder:
        copy = Path(folder).resolve() / "tidepool"
        copied(copy)
        comfyui = arguments.comfyui and arguments.comfyui.resolve()
        python = arguments.python and arguments.python.absolute()
        proof = Proof(Bench(copy, comfyui, python, arguments.chromium, arguments.lock))
        for one in breakages:
            begin = time.monotonic()
            detected, how = proof.judge(one)
            seconds = time.monotonic() - begin
            verdict = "detected" if detected else "MISSED"
            print(f"{verdict:<9} {one.name:<44} {one.layer:<8} {seconds:4.0f} s  {how}", flush=True)
            if not detected:
                missed.append(one)
    print(f"\n{len(breakages)} breakages, {len(breakages) - len(missed)} detected")
    print("what nothing detected: " + (", ".join(one.name for one in missed) or "nothing"))
    return 1 if missed else 0


if __name__ == "__main__":
    # Children find the same Java as the checks do.
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
