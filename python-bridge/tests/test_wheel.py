"""The wheel of Jep that is installed here."""

from __future__ import annotations

import importlib.util
import sysconfig
import zipfile
from pathlib import Path

import jep_wheel


def installed() -> Path:
    spec = importlib.util.find_spec("jep")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def test_library_names_no_folder_of_the_builder() -> None:
    library = (installed() / "libjep.so").read_bytes()
    assert b"libjvm.so\0" in library
    assert sysconfig.get_config_var("LIBDIR").encode() + b"\0" not in library


def test_jar_runs_on_java_17() -> None:
    with zipfile.ZipFile(installed() / "jep-4.3.1.jar") as jar:
        header = jar.read("jep/MainInterpreter.class")[:8]
    # Java Virtual Machine Specification, table 4.1-A: major version 61 is Java 17.
    assert int.from_bytes(header[6:8], "big") == 61


def test_packing_depends_on_the_files_alone(tmp_path: Path) -> None:
    files = {"b/x.py": b"1", "a.dist-info/RECORD": b"2", "META-INF/MANIFEST.MF": b"3"}
    jep_wheel.pack(tmp_path / "one", files)
    jep_wheel.pack(tmp_path / "two", dict(reversed(files.items())))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one").namelist()[0] == "META-INF/MANIFEST.MF"
