"""The routes of profiles, as a page uses them."""

from __future__ import annotations

import io
import zipfile

import pytest

from pictures_of import plain
from serving import Event, Server

PROFILES = "/grid_pool/profiles"
CHANGED: Event = ("tidepool.profiles.changed", {})


def test_a_profile_goes_through_its_life(server: Server) -> None:
    assert server.get(f"{PROFILES}/list").json == {"profiles": []}
    sea = server.post(f"{PROFILES}/create", name=" Sea ").json
    assert sea["name"] == "Sea"
    assert server.get(f"{PROFILES}/list").json == {"profiles": [sea]}
    assert server.post(f"{PROFILES}/rename", id=sea["id"], name="Ocean").json == {**sea, "name": "Ocean"}
    server.add(sea["id"], {"wave.png": plain()})
    copy = server.post(f"{PROFILES}/duplicate", id=sea["id"], name="Copy").json
    slots = server.get(f"/grid_pool/pools/{copy['id']}").json["slots"]
    assert [slot["name"] for slot in slots] == ["wave.png"]
    assert server.post(f"{PROFILES}/delete", id=sea["id"]).json == {"deleted": True}
    assert server.post(f"{PROFILES}/delete", id=sea["id"]).json == {"deleted": False}
    assert server.get(f"/grid_pool/pools/{sea['id']}").json["slots"] == []
    assert server.post(f"{PROFILES}/restore", id=sea["id"]).json == {**sea, "name": "Ocean"}
    assert len(server.get(f"/grid_pool/pools/{sea['id']}").json["slots"]) == 1


def test_each_change_is_told_to_every_page(server: Server) -> None:
    def events() -> list[Event]:
        told = [*server.events]
        server.events.clear()
        return told

    sea = server.post(f"{PROFILES}/create", name="Sea").json["id"]
    assert events() == [CHANGED]
    server.post(f"{PROFILES}/rename", id=sea, name="Ocean")
    assert events() == [CHANGED]
    server.post(f"{PROFILES}/duplicate", id=sea, name="Copy")
    assert events() == [CHANGED]
    server.post(f"{PROFILES}/delete", id=sea)
    pool, profiles = events()
    assert (pool[0], pool[1]["id"], profiles) == ("tidepool.pool.changed", sea, CHANGED)
    server.post(f"{PROFILES}/delete", id=sea)
    server.post(f"{PROFILES}/create", name="copy")
    assert events() == []
    server.post(f"{PROFILES}/restore", id=sea)
    assert [name for name, _ in events()] == ["tidepool.pool.changed", "tidepool.profiles.changed"]


@pytest.mark.parametrize(
    ("route", "body", "status", "code"),
    [
        ("create", {"name": "Sea"}, 409, "profile-name-taken"),
        ("create", {"name": " "}, 400, "profile-name-invalid"),
        ("create", {}, 400, "argument-invalid"),
        ("create", {"name": 7}, 400, "argument-invalid"),
        ("rename", {"id": "gone", "name": "X"}, 404, "profile-not-found"),
        ("rename", {"id": "../x", "name": "X"}, 400, "id-invalid"),
        ("duplicate", {"id": "gone", "name": "X"}, 404, "profile-not-found"),
        ("delete", {"id": "%2e%2e"}, 400, "id-invalid"),
        ("restore", {"id": "gone"}, 404, "profile-not-in-trash"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    server: Server, route: str, body: dict[str, object], status: int, code: str
) -> None:
    server.post(f"{PROFILES}/create", name="Sea")
    before = server.get(f"{PROFILES}/list").body
    server.events.clear()
    answer = server.post(f"{PROFILES}/{route}", **body)
    assert (answer.status, answer.code) == (status, code)
    assert server.get(f"{PROFILES}/list").body == before
    assert server.events == []


def test_an_archive_leaves_and_comes_back(server: Server) -> None:
    sea = server.post(f"{PROFILES}/create", name="Séa/№1").json["id"]
    server.add(sea, {"wave.png": plain()})
    archive = server.get(f"{PROFILES}/export", id=sea)
    assert archive.status == 200
    assert archive.headers["Content-Type"] == "application/zip"
    assert archive.headers["Content-Disposition"] == (
        "attachment; filename=\"S_a__1.zip\"; filename*=UTF-8''S%C3%A9a_%E2%84%961.zip"
    )
    assert int(archive.headers["Content-Length"]) == len(archive.body)
    names = zipfile.ZipFile(io.BytesIO(archive.body)).namelist()
    assert {"profile_meta.json", "pool/wave.png"} <= set(names)
    server.events.clear()
    answer = server.upload(f"{PROFILES}/import", [("file", "sea.zip", archive.body)])
    assert (answer.status, answer.json["name"]) == (200, "Séa/№1 (2)")
    assert server.events == [CHANGED]
    named = server.upload(f"{PROFILES}/import", [("name", None, b"Mine"), ("file", "sea.zip", archive.body)])
    assert named.json["name"] == "Mine"
    assert [*server.temporary.iterdir()] == []


def test_progress_is_told_under_the_sender_s_token(server: Server) -> None:
    sea = server.post(f"{PROFILES}/create", name="Sea").json["id"]
    server.add(sea, {"wave.png": plain()})

    def told() -> list[dict[str, object]]:
        steps = [data for event, data in server.events if event == "tidepool.progress"]
        server.events.clear()
        return steps

    archive = server.get(f"{PROFILES}/export", id=sea, progress="t1").body
    assert told()[-1]["token"] == "t1"
    server.upload(f"{PROFILES}/import?progress=t2", [("file", "sea.zip", archive)])
    last = told()[-1]
    assert last["token"] == "t2"
    assert last["done"] == last["total"]
    server.add("p", {"a.png": plain()})
    assert told() == []
    assert server.get(f"{PROFILES}/export", id=sea, progress="../x").code == "request-invalid"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([("file", "x.zip", b"no zip")], "archive-corrupt"),
        ([("other", "x.zip", b"no zip")], "request-invalid"),
        ([], "request-invalid"),
        ([("file", "x.zip", b"1"), ("file", "y.zip", b"2")], "request-invalid"),
    ],
)
def test_a_refused_archive_makes_no_profile(
    server: Server, parts: list[tuple[str, str | None, bytes]], code: str
) -> None:
    answer = server.upload(f"{PROFILES}/import", parts)
    assert answer.code == code
    assert code != "archive-corrupt" or "x.zip is no zip archive" in answer.json["error"]["message"]
    assert server.get(f"{PROFILES}/list").json == {"profiles": []}
    assert [*server.temporary.iterdir()] == []


def test_exporting_what_is_not_there_is_said_in_json(server: Server) -> None:
    answer = server.get(f"{PROFILES}/export", id="gone")
    assert (answer.status, answer.code) == (404, "profile-not-found")
    assert server.get(f"{PROFILES}/export").code == "request-invalid"
