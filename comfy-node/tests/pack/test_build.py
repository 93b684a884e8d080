"""What the pack's build makes of its parts."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import jep_wheel
import pytest

import build_pack

NAME = "comfyui-tidepool"
SCRIPT = Path(build_pack.__file__)


def content(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name.removeprefix(f"{NAME}/"): opened.read(name) for name in opened.namelist()}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_parts_give_the_same_bytes(archive: Path, wheels: list[Path], tmp_path: Path) -> None:
    parts = build_pack.Parts()
    sources = tmp_path / "sources"
    # Made in another order, at another time, with what Python and tools leave behind.
    for path in sorted(parts.sources.rglob("*"), reverse=True):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = sources / path.relative_to(parts.sources)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
            os.utime(copy, (1_000_000_000, 1_000_000_000))
    (sources / "__pycache__").mkdir()
    (sources / "__pycache__" / "extension.cpython-311.pyc").write_bytes(b"left over")
    build_pack.build(dataclasses.replace(parts, sources=sources), list(reversed(wheels)), tmp_path / "output")
    assert (tmp_path / "output" / archive.name).read_bytes() == archive.read_bytes()


def test_folder_and_archive_hold_the_same(archive: Path) -> None:
    assert snapshot(archive.parent / NAME) == content(archive)


def test_nothing_but_the_pack_is_left(archive: Path) -> None:
    assert sorted(path.name for path in archive.parent.iterdir()) == [NAME, f"{NAME}.zip"]


def test_all_parts_are_in_it(archive: Path, wheels: list[Path]) -> None:
    files = content(archive)
    assert files["vendor/tidepool_bridge/tidepool.jar"] == build_pack.Parts().jar.read_bytes()
    assert files["web/tidepool.js"] == (build_pack.Parts().page / "tidepool.js").read_bytes()
    assert {"__init__.py", "install.py", "requirements.txt", "LICENSE"} <= files.keys()
    assert "vendor/tidepool_bridge/__init__.py" in files
    assert {name for name in files if name.startswith("wheels/")} == {f"wheels/{wheel.name}" for wheel in wheels}
    assert wheels


def test_the_page_is_one_module(archive: Path) -> None:
    # ComfyUI imports every .js file in a web folder as an extension.
    assert [name for name in content(archive) if name.endswith(".js")] == ["web/tidepool.js"]


def test_metadata_is_what_managers_read(archive: Path) -> None:
    files = content(archive)
    project = tomllib.loads(files["pyproject.toml"].decode())
    requirements = files["requirements.txt"].decode().split()
    assert project["project"]["name"] == NAME
    assert project["project"]["dependencies"] == requirements
    assert project["tool"]["comfy"].keys() >= {"PublisherId", "DisplayName"}
    # With it ComfyUI would load the page's module twice.
    assert "web" not in project["tool"]["comfy"]
    tested = (SCRIPT.parents[1] / "python-bridge" / "requirements" / "run.txt").read_text()
    assert [line for line in requirements if f"{line} \\" not in tested.splitlines()] == []


def test_versions_agree(archive: Path) -> None:
    bridge = tomllib.loads((SCRIPT.parents[1] / "python-bridge" / "pyproject.toml").read_text())
    pack = tomllib.loads(content(archive)["pyproject.toml"].decode())
    assert pack["project"]["version"] == bridge["project"]["version"]
    assert pack["project"]["requires-python"] == bridge["project"]["requires-python"]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("sources", "lacks the nodes: .*gone"),
        ("bridge", "lacks the bridge: .*gone"),
        ("jar", r"lacks the Java core: .*gone is not there \(made by: mvn"),
        ("page", r"lacks the page's module: .*gone.* is not there \(made by: npm ci"),
        ("license", "lacks the licence: .*gone"),
    ],
)
def test_a_missing_part_is_named_and_the_old_pack_stays(
    archive: Path, wheels: list[Path], tmp_path: Path, part: str, message: str
) -> None:
    output = tmp_path / "output"
    shutil.copytree(archive.parent, output)
    before = snapshot(output)
    parts = dataclasses.replace(build_pack.Parts(), **{part: tmp_path / "gone"})
    with pytest.raises(build_pack.MissingPart, match=message):
        build_pack.build(parts, wheels, output)
    assert snapshot(output) == before


def test_a_new_pack_takes_the_place_of_the_old_one(archive: Path, wheels: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(archive.parent, output)
    (output / NAME / "of_an_older_version.py").touch()
    built = build_pack.build(build_pack.Parts(), wheels, output)
    assert snapshot(built) == content(archive)


def test_the_script_says_where_the_pack_is(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--python", sys.executable, "--output", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"{tmp_path / NAME}\n"
    assert [path.name for path in (tmp_path / NAME / "wheels").iterdir()] == [
        jep_wheel.target_of(Path(sys.executable)).wheel_name
    ]


def test_the_script_explains_a_python_that_is_none(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--python", str(tmp_path / "python"), "--output", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
