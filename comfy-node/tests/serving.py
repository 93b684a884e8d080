"""The routes on a real aiohttp server with the real core, and a client for them."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import urllib.parse
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from aiohttp import web

from comfyui_tidepool.changes import Changes
from comfyui_tidepool.routes import build
from comfyui_tidepool.service import Service, Settings
from comfyui_tidepool.thumbnails import Thumbnails
from comfyui_tidepool.watcher import Watcher

SECONDS = 60
Event = tuple[str, dict[str, Any]]
Part = tuple[str, str | None, bytes]
"""The name of a part, the name of its file, and its content."""


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error, which must be complete."""
        assert self.headers["Content-Type"].startswith("application/json"), self.body
        error = self.json["error"]
        assert set(error) == {"code", "message", "hints"}
        assert error["message"]
        return str(error["code"])


class Server:
    """A running server; events come in ``events``."""

    def __init__(self, base: Path, temporary: Path, options: Mapping[str, Any]) -> None:
        self.base = base
        self.temporary = temporary
        self.events: list[Event] = []
        self.connected = True
        settings = {
            "base": lambda: base,
            "temporary": lambda: temporary,
            "notify": lambda event, data: self.events.append((event, data)),
            "connected": lambda: self.connected,
            **options,
        }
        self.service = Service(Settings(**settings))
        self.thumbnails = Thumbnails()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(SECONDS)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self.thumbnails.close()
        self.service.close()

    def look(self) -> list[Event]:
        """Let the watcher look once, and give the events that came of it."""
        self.events.clear()
        asyncio.run_coroutine_threadsafe(self.watcher.look(), self._loop).result(SECONDS)
        return [*self.events]

    def on_loop(self, work: Callable[[], Any]) -> Any:
        """Do something on the server's event loop."""

        async def wait() -> Any:
            return await work()

        return asyncio.run_coroutine_threadsafe(wait(), self._loop).result(SECONDS)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        changes = Changes(self.service)
        self.watcher = Watcher(self.service, changes)
        application = web.Application(client_max_size=1024)
        application.add_routes(build(self.service, changes, self.thumbnails))
        runner = web.AppRunner(application)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None, /, **query: str) -> Answer:
        address = path + ("?" + urllib.parse.urlencode(query) if query else "")
        return self.request("GET", address, headers=headers)

    def post(self, path: str, /, **body: Any) -> Answer:
        """Post JSON."""
        return self.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def upload(self, path: str, parts: Sequence[Part], headers: Mapping[str, str] | None = None) -> Answer:
        """Post multipart data as a page does."""
        kind, body = multipart(parts)
        return self.request("POST", path, body, {"Content-Type": kind, "Comfy-User": "", **(headers or {})})

    def add(self, pool: str, images: Mapping[str, bytes]) -> Any:
        """Add images to a pool, which must take them all; gives the pool."""
        parts = [("image", name, data) for name, data in images.items()]
        answer = self.upload(f"/grid_pool/pools/{pool}/images", parts)
        assert answer.status == 200, answer.body
        assert answer.json["refused"] == []
        return answer.json["pool"]


def multipart(parts: Sequence[Part]) -> tuple[str, bytes]:
    """Give the content type and the body of a form (RFC 7578)."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, filename, data in parts:
        file = f'; filename="{filename}"' if filename is not None else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


@contextmanager
def serving(folder: Path, **options: Any) -> Iterator[Server]:
    """Run a server on a base in this folder."""
    server = Server(folder / "input" / "grid_pool", folder / "temp", options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
