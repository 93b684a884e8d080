"""Changes made by others reach the pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import tidepool_bridge

from pictures_of import plain
from serving import Server

POOL = "/grid_pool/pools/p"
ROUNDS = 5
"""Within so many rounds everything is noticed."""


@pytest.fixture
def store(server: Server) -> tidepool_bridge.Store:
    """The same base, as another program sees it."""
    return tidepool_bridge.core().store(server.base)


def shown(server: Server) -> None:
    """A page shows the pool, and the watcher knows it."""
    server.add("p", {"a.png": plain(), "b.png": plain((1, 1, 1))})
    server.get(POOL)
    for _ in range(ROUNDS):
        server.look()
    assert server.look() == []


def test_a_profile_made_by_others_is_noticed(server: Server, store: tidepool_bridge.Store) -> None:
    server.look()
    store.profiles.create("Sea")
    assert server.look() == [("tidepool.profiles.changed", {})]
    assert server.look() == []


def test_a_pool_changed_by_others_is_noticed(server: Server, store: tidepool_bridge.Store) -> None:
    shown(server)
    revision = store.pools.activate("p", "b.png").revision
    assert server.look() == [("tidepool.pool.changed", {"id": "p", "revision": revision, "images": 2})]
    assert server.look() == []


def test_files_moved_by_hand_are_noticed(server: Server) -> None:
    shown(server)
    (server.base / "p" / "c.png").write_bytes(plain())
    assert [event for event, _ in server.look()] == ["tidepool.pool.changed"]
    (server.base / "p" / "a.png").unlink()
    assert [event for event, _ in server.look()] == ["tidepool.pool.changed"]


@pytest.mark.parametrize("file", ["a.png", "masks/a.png.png"])
def test_a_file_written_over_in_place_is_noticed_within_a_few_rounds(server: Server, file: str) -> None:
    server.add("p", {"a.png": plain()})
    server.upload(f"{POOL}/mask?name=a.png", [("mask", "m.png", plain())])
    shown(server)
    path = server.base / "p" / file
    with path.open("r+b") as opened:
        opened.write(plain((7, 7, 7), (9, 9)))
    os.utime(path, ns=(1, 1))
    told = [event for _ in range(ROUNDS) for event in server.look()]
    assert [event for event, _ in told] == ["tidepool.pool.changed"]


def test_what_one_page_reads_first_the_others_are_told(server: Server, store: tidepool_bridge.Store) -> None:
    shown(server)
    revision = store.pools.activate("p", "b.png").revision
    server.events.clear()
    server.get(POOL)
    assert server.events == [("tidepool.pool.changed", {"id": "p", "revision": revision, "images": 2})]
    assert server.look() == []


def test_a_pool_that_cannot_be_read_keeps_no_other_from_being_noticed(
    server: Server, store: tidepool_bridge.Store
) -> None:
    server.add("bad", {"a.png": plain()})
    shown(server)
    (server.base / "bad" / "pool.json").write_text('{"version":99}')
    revision = store.pools.activate("p", "b.png").revision
    assert server.look() == [("tidepool.pool.changed", {"id": "p", "revision": revision, "images": 2})]


def test_a_page_of_ones_own_is_not_told_twice(server: Server) -> None:
    shown(server)
    server.post(f"{POOL}/activate", name="b.png")
    assert server.look() == []


def test_pools_that_no_page_asked_for_are_left_alone(server: Server, store: tidepool_bridge.Store) -> None:
    server.look()
    store.pools.add("other", {"a.png": _file(server.base.parent / "a.png")})
    assert server.look() == []


def test_without_a_page_nothing_is_looked_at(server: Server, store: tidepool_bridge.Store) -> None:
    shown(server)
    server.connected = False
    store.pools.activate("p", "b.png")
    store.profiles.create("Sea")
    assert server.look() == []
    server.connected = True
    assert server.look() == [("tidepool.profiles.changed", {})]


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    path.write_bytes(plain())
    return path
