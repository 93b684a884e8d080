"""What the tests share: a bare server for routes, and one real ComfyUI for nodes."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import tidepool_bridge

from comfyui import ComfyUI
from serving import Server, serving

# What is started in the background of a shell ignores Ctrl-C, and so would every ComfyUI.
signal.signal(signal.SIGINT, signal.default_int_handler)

_numbers = itertools.count(1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The routes on an empty base."""
    with serving(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def comfyui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComfyUI]:
    """A running ComfyUI."""
    running = ComfyUI(tmp_path_factory.mktemp("comfyui"))
    yield running
    running.stop()


@pytest.fixture
def store(comfyui: ComfyUI) -> tidepool_bridge.Store:
    """The pools of that ComfyUI, as another program changes them."""
    return tidepool_bridge.core().store(comfyui.input / "grid_pool")


@pytest.fixture
def fresh() -> str:
    """A name and id that no other test uses."""
    return f"t{next(_numbers)}"
