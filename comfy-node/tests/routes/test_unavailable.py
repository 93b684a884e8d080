"""Without a core, the routes say why."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = [str(Path(sys.argv[1])), str(Path(sys.argv[1]).parent / "src")]
from serving import serving
with serving(Path(sys.argv[2])) as server:
    server.service.warm_up().result()
    for answer in (server.get("/grid_pool/profiles/list"), server.get("/grid_pool/pools/p"),
                   server.get("/grid_pool/pools/p/thumbnail?name=a.png"), server.get("/grid_pool/profiles/export?id=x"),
                   server.post("/grid_pool/profiles/create", name="Sea")):
        print(answer.status, answer.code, answer.json["error"]["message"], answer.json["error"]["hints"])
"""


def said(tmp_path: Path, **variables: str) -> tuple[list[str], str]:
    tests = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-c", PROGRAM, str(tests), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables}, check=True)
    return done.stdout.splitlines(), done.stderr


def test_every_route_answers_with_the_one_reason(tmp_path: Path) -> None:
    lines, log = said(tmp_path, TIDEPOOL_JAVA_HOME="/nowhere")
    assert len(lines) == 5
    assert len({*lines}) == 1
    assert lines[0].startswith("503 bridge-unavailable TIDEPOOL_JAVA_HOME names no Java runtime: /nowhere [")
    assert log.count("Tidepool cannot run: TIDEPOOL_JAVA_HOME names no Java runtime") == 1


def test_a_missing_bridge_is_named(tmp_path: Path) -> None:
    (tmp_path / "tidepool_bridge.py").write_text("raise ImportError('left out on purpose')")
    lines, _ = said(tmp_path, PYTHONPATH=str(tmp_path))
    assert lines[0].startswith("503 bridge-unavailable Tidepool is not installed whole: left out on purpose")
