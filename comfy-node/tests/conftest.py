"""What the tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from serving import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The routes on an empty base."""
    with serving(tmp_path) as running:
        yield running
