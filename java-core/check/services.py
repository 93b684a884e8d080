"""What an environment fetches from, on this machine: a registry of node packs, a git repository, and model files."""

from __future__ import annotations

import io
import json
import os
import socket
import socketserver
import subprocess
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
IDENTITY = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
PACK = "registry-shells"


class Serving:
    """A server on this machine that answers for as long as it is entered."""

    server: ThreadingHTTPServer

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


class Services(Serving):
    """One HTTP server: `/registry` answers as the registry's API does, everything else is a file below the folder.

    It is known as an address of the user's own machine, as the registry has to be that is asked without encryption;
    where it listens at another one, a Relay leads there.
    """

    def __init__(self, folder: Path, listen: str = "127.0.0.1") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        services = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(with_body=True)

            def do_HEAD(self) -> None:
                self.answer(with_body=False)

            def answer(self, with_body: bool) -> None:
                content = services.content(unquote(urlsplit(self.path).path))
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                if with_body:
                    self.wfile.write(content or b"")

            def log_message(self, *values: object) -> None:
                pass

        self.server = ThreadingHTTPServer((listen, 0), Handler)
        self.port: int = self.server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def git_pack(self, name: str) -> str:
        """A node pack in a git repository; answers with the repository's address."""
        work = self.folder / "work" / name
        work.mkdir(parents=True)
        (work / "__init__.py").write_text(node("ShellsTurn", "image.flip(1)"))
        bare = self.folder / f"{name}.git"
        git("-C", str(work), "init", "-q", "-b", "main")
        git("-C", str(work), "add", "-A")
        git("-C", str(work), *IDENTITY, "commit", "-q", "-m", "Begin")
        git("clone", "-q", "--bare", str(work), str(bare))
        # What a plain web server needs to know of a repository.
        git("-C", str(bare), "update-server-info")
        return f"{self.address}/{name}.git"

    def content(self, path: str) -> bytes | None:
        """What lies at a path."""
        if path.startswith("/registry/"):
            return self.registry(path.removeprefix("/registry/"))
        file = (self.folder / path.lstrip("/")).resolve()
        inside = file.is_relative_to(self.folder.resolve())
        return file.read_bytes() if inside and file.is_file() else None

    def registry(self, path: str) -> bytes | None:
        """The registry's answers about its one pack."""
        version = {
            "id": "00000000-0000-4000-8000-000000000000",
            "node_id": PACK,
            "version": "1.2.0",
            "changelog": "",
            "deprecated": False,
            "status": "NodeVersionStatusActive",
            "dependencies": [],
            "downloadUrl": f"{self.address}/registry/cdn/node.zip",
        }
        node = {
            "id": PACK,
            "name": PACK,
            "description": "Shells of all seas.",
            "repository": "https://git.example/somebody/shells",
            "status": "NodeStatusActive",
            "latest_version": version,
        }
        answers: dict[str, object] = {
            f"nodes/{PACK}": node,
            f"nodes/{PACK}/versions": [version],
            f"nodes/{PACK}/install": version,
        }
        if path == "cdn/node.zip":
            return archive()
        return json.dumps(answers[path]).encode() if path in answers else None


class Relay:
    """Makes services of another machine, HOST:PORT, answer at the same port of this one."""

    def __init__(self, services: str) -> None:
        host, _, port = services.rpartition(":")
        self.port = int(port)
        relay = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.create_connection((host, relay.port)) as there:
                    back = threading.Thread(target=pump, args=(there, self.request))
                    back.start()
                    pump(self.request, there)
                    back.join()

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True

    def __enter__(self) -> int:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self.port

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Hands on what comes until no more does."""
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def variables(port: int) -> dict[str, str]:
    """What makes tidepool ask the services at this port of the machine."""
    # By another name: whatever lies at the hosts of models is taken for theirs.
    models = f"http://localhost:{port}"
    return {
        "TIDEPOOL_REGISTRY_URL": f"http://127.0.0.1:{port}/registry",
        "TIDEPOOL_CIVITAI_URL": models + "/civitai",
        "TIDEPOOL_HUGGINGFACE_URL": models + "/huggingface",
    }


def node(name: str, result: str, inputs: str = "") -> str:
    """The source of a pack with one node, which makes a picture of a picture by an expression of Python."""
    return f"""import folder_paths


class {name}:
    @classmethod
    def INPUT_TYPES(cls):
        return {{"required": {{"image": ("IMAGE",), {inputs}}}}}

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "run"
    CATEGORY = "check"

    def run(self, image, **models):
        return ({result},)


NODE_CLASS_MAPPINGS = {{"{name}": {name}}}
"""


def archive() -> bytes:
    """The pack, as the registry hands it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("__init__.py", node("ShellsShift", "image.roll(3, 2)"))
    return out.getvalue()


def git(*words: str) -> None:
    """Runs git, which has to end well."""
    subprocess.run(["git", *words], check=True, env=os.environ | GIT)
