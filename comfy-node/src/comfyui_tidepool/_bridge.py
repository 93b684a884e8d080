"""Brings the package ``tidepool_bridge`` in: the copy inside this pack, else the installed one."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from pathlib import Path
from types import ModuleType

from .failure import Failure

__all__ = ["load"]

_NAME = "tidepool_bridge"
_VENDORED = Path(__file__).resolve().parent / "vendor" / _NAME
_OLDEST_PYTHON = (3, 11)
_LOADING = threading.Lock()


def load() -> ModuleType:
    """Import the bridge; raises ``Failure`` with the reason when that cannot be."""
    if sys.version_info[:2] < _OLDEST_PYTHON:
        running = ".".join(map(str, sys.version_info[:2]))
        raise _unavailable(
            f"Tidepool needs Python 3.11 or newer; this ComfyUI runs on {running}",
            "Run ComfyUI on a newer Python, and install Tidepool into that one.",
        )
    try:
        if not _VENDORED.is_dir():
            return importlib.import_module(_NAME)
        # A module is known before it is whole.
        with _LOADING:
            return _vendored()
    except (ImportError, OSError, SyntaxError) as error:
        raise _unavailable(
            f"Tidepool is not installed whole: {error}",
            "Install it anew, or run the pack's install.py with ComfyUI's Python.",
        ) from error


def _vendored() -> ModuleType:
    known = sys.modules.get(_NAME)
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(
        _NAME, _VENDORED / "__init__.py", submodule_search_locations=[str(_VENDORED)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{_VENDORED} holds no package")
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[_NAME]
        raise
    return module


def _unavailable(message: str, *hints: str) -> Failure:
    return Failure("bridge-unavailable", message, *hints, status=503)
