"""Who may call the routes, and what happens when something is wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pictures_of import plain
from serving import Server, multipart, serving

JSON = {"Content-Type": "application/json"}
CREATE = "/grid_pool/profiles/create"


def test_other_sites_are_refused(server: Server) -> None:
    body = json.dumps({"name": "Sea"}).encode()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = server.request("POST", CREATE, body, {**JSON, **headers})
        assert (answer.status, answer.code) == (403, "cross-site")
    assert server.get("/grid_pool/profiles/list", {"Sec-Fetch-Site": "cross-site"}).code == "cross-site"
    assert server.request("DELETE", "/grid_pool/pools/p/mask?name=x", headers={"Origin": "null"}).code == "cross-site"
    assert server.get("/grid_pool/profiles/list", {"Sec-Fetch-Site": "same-origin"}).json == {"profiles": []}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_a_change_is_taken_as_json_only(server: Server, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = server.request("POST", CREATE, b'{"name":"Sea"}', headers)
    assert (answer.status, answer.code) == (415, "content-type-unsupported")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000])
def test_a_broken_body_is_said_to_be_so(server: Server, body: bytes) -> None:
    answer = server.request("POST", CREATE, body, JSON)
    assert (answer.status, answer.code) == (400, "request-invalid")


def test_a_form_of_another_site_cannot_upload(server: Server) -> None:
    kind, body = multipart([("image", "a.png", plain())])
    answer = server.request("POST", "/grid_pool/pools/p/images", body, {"Content-Type": kind})
    assert (answer.status, answer.code) == (403, "header-missing")
    other = server.request("POST", "/grid_pool/pools/p/images", body, {**JSON, "Comfy-User": ""})
    assert (other.status, other.code) == (415, "content-type-unsupported")
    assert server.get("/grid_pool/pools/p").json["slots"] == []


@pytest.mark.parametrize("body", [b"", b"junk", b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\n"])
def test_broken_multipart_data_is_said_to_be_so(server: Server, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Comfy-User": ""}
    answer = server.request("POST", "/grid_pool/pools/p/images", body, headers)
    assert (answer.status, answer.code) == (400, "request-invalid")


def test_what_is_too_large_is_cut_off_while_it_comes(tmp_path: Path) -> None:
    with serving(tmp_path, json_bytes=1000, archive_bytes=100_000) as server:
        answer = server.post(CREATE, name="x" * 2000)
        assert (answer.status, answer.code) == (413, "request-too-large")
        one = ("image", "a.png", b"x" * 60_000)
        answer = server.upload("/grid_pool/pools/p/images", [one, one])
        assert (answer.status, answer.code) == (413, "request-too-large")
        answer = server.upload("/grid_pool/profiles/import", [("name", None, b"x" * 70_000)])
        assert (answer.status, answer.code) == (413, "request-too-large")
        assert [*server.temporary.iterdir()] == []


def test_an_unknown_user_is_refused(tmp_path: Path) -> None:
    def user(request: Any) -> str:
        return {"ann": "Ann"}[request.headers.get("Comfy-User", "default")]

    with serving(tmp_path, user=user) as server:
        for name in ("list", "export?id=x"):
            answer = server.get(f"/grid_pool/profiles/{name}")
            assert (answer.status, answer.code) == (403, "user-unknown")
        assert server.get("/grid_pool/profiles/list", {"Comfy-User": "bob"}).code == "user-unknown"
        assert server.get("/grid_pool/profiles/list", {"Comfy-User": "ann"}).json == {"profiles": []}


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "temp").write_text("a file stands here")
    with serving(tmp_path) as server:
        answer = server.upload("/grid_pool/pools/p/images", [("image", "a.png", plain())])
        assert (answer.status, answer.code) == (500, "storage-failed")


def test_a_bug_is_told_without_its_details(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(server.service, "_request", fail)
    answer = server.get("/grid_pool/profiles/list")
    assert (answer.status, answer.code) == (500, "internal-error")
    assert b"secret" not in answer.body


def test_many_requests_at_once_all_get_their_own_answer(server: Server) -> None:
    for number in range(20):
        server.add(f"p{number}", {f"{number}.png": plain()})
    wrong: list[object] = []

    def ask(number: int) -> None:
        for _ in range(20):
            pool = server.get(f"/grid_pool/pools/p{number}").json
            if pool["id"] != f"p{number}" or pool["active"] != f"{number}.png":
                wrong.append(pool)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_upload_that_breaks_off_leaves_nothing(server: Server) -> None:
    def half() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nabc'

    headers = {"Content-Type": "multipart/form-data; boundary=x", "Comfy-User": ""}
    answer = server.request("POST", "/grid_pool/pools/p/images", half(), headers)
    assert answer.status == 400
    assert [*server.temporary.iterdir()] == []
    assert server.get("/grid_pool/pools/p").json["slots"] == []
