"""The routes of pools, as a page uses them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pictures_of import plain
from serving import Server, revision, serving

POOL = "/grid_pool/pools/p1"
THREE = {"a.png": plain(1, mode="L"), "b.png": plain(2, mode="L"), "c.png": plain(3, mode="L")}


def names(pool: dict[str, list[dict[str, str]]]) -> list[str]:
    return [slot["name"] for slot in pool["slots"]]


def told(pool: dict[str, Any]) -> dict[str, object]:
    """What pages are told of a changed pool."""
    return {"id": pool["id"], "revision": pool["revision"], "images": len(pool["slots"])}


def test_an_unused_pool_is_empty_and_makes_nothing(server: Server) -> None:
    answer = server.get(POOL)
    assert answer.json["slots"] == []
    assert (answer.json["id"], answer.json["active"]) == ("p1", None)
    assert not server.base.exists()


def test_a_pool_goes_through_its_life(server: Server) -> None:
    pool = server.add("p1", THREE)
    assert (names(pool), pool["active"]) == (["a.png", "b.png", "c.png"], "a.png")
    slot = pool["slots"][0]
    assert {**slot, "modified": 0} == {
        "name": "a.png",
        "label": "a",
        "width": 8,
        "height": 6,
        "bytes": len(THREE["a.png"]),
        "modified": 0,
        "enabled": True,
        "mask": False,
    }
    assert server.get(POOL).json == pool
    assert server.post(f"{POOL}/activate", name="b.png").json["active"] == "b.png"
    assert names(server.post(f"{POOL}/reorder", names=["c.png"]).json) == ["c.png", "a.png", "b.png"]
    assert server.post(f"{POOL}/label", name="a.png", label="Ä").json["slots"][1]["label"] == "Ä"
    assert server.post(f"{POOL}/enable", names=["a.png"], enabled=False).json["slots"][1]["enabled"] is False
    assert names(server.post(f"{POOL}/remove", names=["a.png", "b.png"]).json) == ["c.png"]
    restored = server.post(f"{POOL}/restore", names=["a.png", "b.png"]).json
    assert names(restored) == ["c.png", "a.png", "b.png"]
    assert (restored["slots"][1]["label"], restored["slots"][1]["enabled"]) == ("Ä", False)


def test_each_change_tells_every_page_the_new_revision(server: Server) -> None:
    server.add("p1", THREE)
    changes: list[tuple[str, dict[str, object]]] = [
        ("activate", {"name": "b.png"}),
        ("reorder", {"names": ["c.png"]}),
        ("label", {"name": "a.png", "label": "x"}),
        ("enable", {"names": ["a.png"], "enabled": False}),
        ("remove", {"names": ["a.png"]}),
        ("restore", {"names": ["a.png"]}),
    ]
    for route, body in changes:
        server.events.clear()
        pool = server.post(f"{POOL}/{route}", **body).json
        assert server.events == [("tidepool.pool.changed", told(pool))]


def test_one_bad_file_keeps_the_others_in(tmp_path: Path) -> None:
    with serving(tmp_path, image_bytes=4096) as server:
        answer = server.upload(
            f"{POOL}/images",
            [
                ("image", "a.png", THREE["a.png"]),
                ("image", "text.png", b"no image"),
                ("image", "large.png", b"x" * 5000),
                ("image", "ß ☂.png", THREE["b.png"]),
                ("image", None, THREE["c.png"]),
            ],
        )
        assert answer.status == 200
        assert answer.json["added"] == ["a.png", "ß ☂.png", "image.png"]
        assert names(answer.json["pool"]) == answer.json["added"]
        refused = {refusal["name"]: refusal["error"] for refusal in answer.json["refused"]}
        assert refused["text.png"]["code"] == "image-format-unsupported"
        assert refused["text.png"]["message"].startswith('"text.png" cannot be used as an image')
        assert refused["large.png"]["code"] == "file-too-large"
        assert all(set(error) == {"code", "message", "hints"} for error in refused.values())
        assert [*server.temporary.iterdir()] == []


def test_an_upload_of_only_bad_files_changes_nothing(server: Server) -> None:
    answer = server.upload(f"{POOL}/images", [("image", "x.png", b"no image")])
    assert (answer.status, answer.json["added"], answer.json["pool"]["slots"]) == (200, [], [])
    assert server.events == []
    assert not (server.base / "p1").exists()


def test_a_name_from_outside_stays_inside_the_pool(server: Server) -> None:
    pool = server.add("p1", {"../../evil.png": THREE["a.png"]})
    assert names(pool) == ["evil.png"]
    assert (server.base / "p1" / "evil.png").is_file()


def test_a_mask_is_laid_beside_its_image_and_taken_away(server: Server) -> None:
    server.add("p1", THREE)
    server.events.clear()
    mask = plain((0, 0, 0, 128), mode="RGBA")
    answer = server.upload(f"{POOL}/mask?name=a.png", [("mask", "m.png", mask)])
    assert [slot["mask"] for slot in answer.json["slots"]] == [True, False, False]
    assert server.events == [("tidepool.pool.changed", told(answer.json))]
    assert (server.base / "p1" / "masks" / "a.png.png").read_bytes() == mask
    gone = server.request("DELETE", f"{POOL}/mask?name=a.png")
    assert [slot["mask"] for slot in gone.json["slots"]] == [False, False, False]


@pytest.mark.parametrize(
    ("query", "parts", "code"),
    [
        ("?name=a.png", [("mask", "m.png", b"no image")], "image-format-unsupported"),
        ("?name=none.png", [("mask", "m.png", plain())], "slot-not-found"),
        ("?name=a.png", [], "request-invalid"),
        ("", [("mask", "m.png", plain())], "request-invalid"),
    ],
)
def test_a_bad_mask_is_refused(
    server: Server, query: str, parts: list[tuple[str, str | None, bytes]], code: str
) -> None:
    server.add("p1", THREE)
    assert server.upload(f"{POOL}/mask{query}", parts).code in (code, "mask-format-unsupported")
    assert server.get(POOL).json["slots"][0]["mask"] is False


@pytest.mark.parametrize(
    ("route", "body", "code"),
    [
        ("activate", {"name": "none.png"}, "slot-not-found"),
        ("activate", {"name": "../p2/a.png"}, "slot-not-found"),
        ("activate", {}, "argument-invalid"),
        ("remove", {"names": ["none.png"]}, "slot-not-found"),
        ("remove", {"names": "a.png"}, "argument-invalid"),
        ("restore", {"names": ["none.png"]}, "slot-not-in-trash"),
        ("reorder", {"names": ["none.png"]}, "slot-not-found"),
        ("label", {"name": "a.png", "label": "x\ny"}, "label-invalid"),
        ("enable", {"names": ["a.png"], "enabled": "no"}, "argument-invalid"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    server: Server, route: str, body: dict[str, object], code: str
) -> None:
    server.add("p1", THREE)
    before = server.get(POOL).json
    server.events.clear()
    assert server.post(f"{POOL}/{route}", **body).code == code
    assert server.get(POOL).json == before
    assert server.events == []


@pytest.mark.parametrize("pool", ["..", "%2e%2e", "..%2f..", "a%2fb", "a.b", "x" * 65, "%00", "p%201"])
def test_an_id_outside_the_pattern_is_refused_before_anything_else(server: Server, pool: str) -> None:
    for answer in (
        server.get(f"/grid_pool/pools/{pool}/image?name=a.png"),
        server.get(f"/grid_pool/pools/{pool}/thumbnail?name=a.png"),
        server.post(f"/grid_pool/pools/{pool}/remove", names=[]),
        server.upload(f"/grid_pool/pools/{pool}/images", [("image", "a.png", THREE["a.png"])]),
    ):
        assert answer.status in (400, 404)
        assert answer.status == 404 or answer.code == "id-invalid"
    assert not server.base.exists()
    assert not server.temporary.exists()


def test_an_image_comes_as_it_is_and_may_be_kept(server: Server) -> None:
    server.add("p1", THREE)
    answer = server.get(f"{POOL}/image", name="a.png", rev=revision(server, "a.png"))
    other = server.get(f"{POOL}/image", name="a.png", rev="1-2")
    assert (other.status, other.headers["Cache-Control"]) == (200, "private, no-cache")
    assert (answer.status, answer.body) == (200, THREE["a.png"])
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    again = server.get(f"{POOL}/image", {"If-None-Match": answer.headers["ETag"]}, name="a.png")
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    part = server.get(f"{POOL}/image", {"Range": "bytes=1-3"}, name="a.png")
    assert (part.status, part.body) == (206, b"PNG")


@pytest.mark.parametrize("name", ["none.png", "../p1/a.png", "pool.json", ".thumbs/facts.tsv", "masks/a.png.png", ""])
def test_nothing_but_slots_is_served(server: Server, name: str) -> None:
    server.add("p1", THREE)
    server.upload(f"{POOL}/mask?name=a.png", [("mask", "m.png", plain())])
    answer = server.get(f"{POOL}/image", name=name)
    assert (answer.status, answer.code) == (404, "slot-not-found")
