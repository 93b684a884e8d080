"""The built pack, as it is given to users."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[3] / "python-bridge")]

import build_pack  # noqa: E402 - found through the line above


@pytest.fixture(scope="session")
def wheels() -> list[Path]:
    """Jep for every CPython of this machine."""
    return sorted(build_pack.wheels_of_machine())


@pytest.fixture(scope="session")
def archive(wheels: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack's zip; the core's jar and the page's module have been built before."""
    output = tmp_path_factory.mktemp("built")
    build_pack.build(build_pack.Parts(), wheels, output)
    return output / "comfyui-tidepool.zip"
