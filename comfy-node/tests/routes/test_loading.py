"""The bridge inside of the pack is loaded by whichever thread needs it first."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from comfyui_tidepool import _bridge

MOMENT = 0.3
PATIENCE = 30


def test_nobody_gets_a_bridge_that_is_being_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = SimpleNamespace(entered=threading.Event(), opened=threading.Event())
    monkeypatch.setitem(sys.modules, "loading_gate", gate)
    package = tmp_path / "slow_bridge"
    package.mkdir()
    (package / "__init__.py").write_text(
        f"import loading_gate\nloading_gate.entered.set()\nloading_gate.opened.wait({PATIENCE})\ncore = 'whole'\n"
    )
    monkeypatch.setattr(_bridge, "_NAME", "slow_bridge")
    monkeypatch.setattr(_bridge, "_VENDORED", package)
    loaded: list[ModuleType] = []
    whole: list[bool] = []

    def load() -> None:
        module = _bridge.load()
        whole.append(hasattr(module, "core"))
        loaded.append(module)

    first, second = (threading.Thread(target=load) for _ in range(2))
    first.start()
    assert gate.entered.wait(PATIENCE)
    second.start()
    second.join(MOMENT)
    gate.opened.set()
    for thread in (first, second):
        thread.join(PATIENCE)
    sys.modules.pop("slow_bridge", None)

    assert whole == [True, True]
    assert loaded[0] is loaded[1]
