"""The facade: every operation once, against real files."""

from __future__ import annotations

import dataclasses
import struct
import threading
import zipfile
import zlib
from pathlib import Path

import pytest

import tidepool_bridge
from tidepool_bridge import Store, TidepoolError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return tidepool_bridge.core().store(tmp_path / "grid_pool")


def png(file: Path, width: int = 4, height: int = 3) -> Path:
    """Write a PNG (W3C, Portable Network Graphics) of that size, in grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    return file


def test_profiles_are_made_found_renamed_deleted_and_restored(store: Store) -> None:
    assert store.profiles.list() == []
    made = store.profiles.create("Cats", id="cats", created=5)
    assert dataclasses.asdict(made) == {"id": "cats", "name": "Cats", "created": 5}
    assert store.profiles.find("CATS") == made
    assert (store.profiles.resolve(name="cats"), store.profiles.resolve()) == ("cats", "default")
    assert store.profiles.rename(made, "Dogs").name == "Dogs"
    assert store.profiles.delete("cats") is True
    assert store.profiles.delete("cats") is False
    assert store.profiles.restore("cats").name == "Dogs"
    with pytest.raises(TidepoolError) as caught:
        store.profiles.create(" dogs ")
    assert (caught.value.code, caught.value.status) == ("profile-name-taken", 409)
    assert caught.value.hints


def test_pool_takes_images_and_arranges_them(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("no image")
    files = {"a.png": png(tmp_path / "1"), "b.png": png(tmp_path / "2", 7, 9), "x.png": tmp_path / "x.txt"}
    addition = store.pools.add("p", files)
    assert addition.added == ("a.png", "b.png")
    assert [(r.name, r.error.code) for r in addition.refused] == [("x.png", "image-format-unsupported")]
    assert addition.pool == store.pools.get("p")
    assert (addition.pool.slots[1].width, addition.pool.slots[1].height) == (7, 9)
    assert store.pools.activate("p", "b.png").active == "b.png"
    assert [slot.name for slot in store.pools.reorder("p", ["b.png", "a.png"]).slots] == ["b.png", "a.png"]
    assert [store.pools.pick("p", index).name for index in (-1, 0, 1)] == ["b.png", "b.png", "a.png"]
    assert store.pools.label("p", "a.png", "Äh").slots[1].label == "Äh"
    assert store.pools.enable("p", ["a.png"], False).slots[1].enabled is False
    assert store.pools.attach_mask("p", "b.png", png(tmp_path / "m", 7, 9)).slots[0].mask is True
    mask = store.pools.mask("p", "b.png")
    assert mask is not None
    assert mask.is_file()
    assert store.pools.remove_mask("p", "b.png").slots[0].mask is False
    assert store.pools.mask("p", "b.png") is None
    assert store.pools.image("p", "a.png").read_bytes() == (tmp_path / "1").read_bytes()
    picked = store.pools.pick("p")
    assert picked == store.pools.pick("p", 0) == store.pools.pick("p", -1, "b.png")
    assert (picked.name, picked.index, picked.count, picked.label) == ("b.png", 0, 1, "b")
    assert (picked.file, picked.mask) == (store.pools.image("p", "b.png"), None)
    assert picked.fingerprint == store.pools.fingerprint("p", "b.png")
    assert store.pools.fingerprint("p") != store.pools.fingerprint("p", "a.png")
    assert len(store.pools.remove("p", ["a.png"]).slots) == 1
    assert len(store.pools.restore("p", ["a.png"]).slots) == 2


def test_profile_travels_as_an_archive_and_progress_is_told_to_its_end(store: Store, tmp_path: Path) -> None:
    profile = store.profiles.create("Cats")
    store.pools.add(profile.id, {"a.png": png(tmp_path / "1")})
    told: list[tuple[int, int]] = []
    export = store.profiles.export(profile, tmp_path / "cats.zip", lambda done, total: told.append((done, total)))
    assert export.bytes == (tmp_path / "cats.zip").stat().st_size
    assert told[-1][0] == told[-1][1] > 0
    assert "profile_meta.json" in zipfile.ZipFile(tmp_path / "cats.zip").namelist()
    assert store.profiles.import_from(tmp_path / "cats.zip").name == "Cats (2)"
    assert store.profiles.import_from(tmp_path / "cats.zip", name="Mine").name == "Mine"
    assert store.profiles.duplicate(profile, "Copy").name == "Copy"
    assert {p.name for p in store.profiles.list()} == {"Cats", "Cats (2)", "Mine", "Copy"}


def test_progress_callback_that_fails_spoils_nothing(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(done: int, total: int) -> None:
        raise ValueError(done, total)

    addition = store.pools.add("p", {"a.png": png(tmp_path / "1")}, fail)
    assert addition.added == ("a.png",)
    assert "A progress callback failed" in caplog.text


def test_other_threads_run_while_java_works(store: Store) -> None:
    core = tidepool_bridge.core()
    done = threading.Event()

    def wait_in_java() -> None:
        core.request("profile.list", base=str(store.base))
        done.set()

    threads = [threading.Thread(target=wait_in_java) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done.is_set()
