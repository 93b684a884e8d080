"""An environment with a real ComfyUI, used by the command line and over ComfyUI's API."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import time
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services import GIT

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "comfy-node" / "target" / "comfyui-tidepool"
START_SECONDS = 120
GRAPH_SECONDS = 60
Json = dict[str, Any]


class Life:
    """One environment of a workspace, and the commands of its user."""

    def __init__(self, home: Path, name: str, variables: dict[str, str]) -> None:
        self.home = home
        self.services = variables
        self.folder = home / "environments" / name
        self.live = self.folder / "ComfyUI" / "user" / "default" / "workflows"
        self.steps = 0

    def tidepool(self, *words: str, code: int = 0) -> str:
        """What a command prints, which has to end with this code."""
        print(f"$ tidepool {' '.join(words)}", flush=True)
        begin = time.monotonic()
        done = subprocess.run(
            [str(ROOT / "tidepool"), *words],
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode != code:
            raise SystemExit(f"error: it ended with {done.returncode}\n{done.stdout}")
        self.steps += 1
        print(f"  {time.monotonic() - begin:.1f} s", flush=True)
        return done.stdout

    def variables(self) -> dict[str, str]:
        own = {"TIDEPOOL_HOME": str(self.home), "NO_COLOR": "1"}
        return os.environ | GIT | self.services | own

    def versions(self) -> list[str]:
        return [version["version"] for version in json.loads(self.tidepool("log", "--json"))]

    def status(self) -> Json:
        answer: Json = json.loads(self.tidepool("status", "--json"))
        return answer

    def git_says(self, *words: str) -> str:
        command = ["git", "-C", str(self.folder / ".cec"), *words]
        done = subprocess.run(command, check=True, env=self.variables(), capture_output=True, text=True)
        return done.stdout.strip()

    @contextmanager
    def running(self) -> Iterator[str]:
        """ComfyUI as `run` starts it; ended by Ctrl-C, which has to end it well."""
        port = free_port()
        words = ["run", "--cpu", "--port", str(port)]
        print(f"$ tidepool {' '.join(words)}", flush=True)
        log = self.home / "run.txt"
        with log.open("w") as out:
            process = subprocess.Popen(
                [str(ROOT / "tidepool"), *words],
                env=self.variables(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=hear_interrupts,
            )
        address = f"http://127.0.0.1:{port}"
        try:
            await_server(address, process, log)
            yield address
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=START_SECONDS)
            demand(code == 0, f"run ended with {code} after Ctrl-C:\n{log.read_text()[-2000:]}")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        demand("Traceback" not in log.read_text(), f"ComfyUI's log has a traceback:\n{log.read_text()[-4000:]}")
        self.steps += 1


def graph(pool: str) -> Json:
    """A graph that takes the active image of a pool, inverts it and saves it."""
    return {
        "1": {"class_type": "GridImagePool", "inputs": {"index": -1, "pool_id": pool, "slot": ""}},
        "2": {"class_type": "ImageInvert", "inputs": {"image": ["1", 0]}},
        "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "life"}},
    }


def make_pool(address: str) -> str:
    """A profile with one picture; answers with its id."""
    profile = ask(address, "/grid_pool/profiles/create", {"name": "Sea"})
    boundary = "tidepool-boundary"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="sea.png"\r\n\r\n'
    body = head.encode() + png() + f"\r\n--{boundary}--\r\n".encode()
    request = urllib.request.Request(
        f"{address}/grid_pool/pools/{profile['id']}/images",
        body,
        {"Content-Type": f"multipart/form-data; boundary={boundary}", "Comfy-User": ""},
    )
    with urllib.request.urlopen(request) as answer:
        json.load(answer)
    return str(profile["id"])


def png() -> bytes:
    """A small picture in three colours."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([row * 16, 80, 200 - row * 8]) * 16 for row in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def outputs(address: str, prompt: Json) -> bytes:
    """Runs a graph and answers with the pixels of the picture that it saved."""
    number = ask(address, "/prompt", {"prompt": prompt})["prompt_id"]
    deadline = time.monotonic() + GRAPH_SECONDS
    while time.monotonic() < deadline:
        done = ask(address, f"/history/{number}").get(number)
        if done:
            demand(done["status"]["status_str"] == "success", f"the graph failed: {done['status']}")
            name = next(said["images"][0]["filename"] for said in done["outputs"].values() if "images" in said)
            with urllib.request.urlopen(f"{address}/view?filename={name}&type=output") as answer:
                return pixels(answer.read())
        time.sleep(0.2)
    raise SystemExit("error: the graph did not end")


def pixels(picture: bytes) -> bytes:
    """The head and the rows of a PNG file, without the graph that ComfyUI puts in beside."""
    found, at = b"", 8
    rows = b""
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            found += data
        elif kind == b"IDAT":
            rows += data
        at += length + 12
    return found + zlib.decompress(rows)


def save_workflow(address: str, name: str, content: Json) -> None:
    """Saves a workflow as ComfyUI's page does."""
    path = urllib.parse.quote(f"workflows/{name}", safe="")
    ask(address, f"/userdata/{path}?overwrite=true", content)


def ask(address: str, path: str, body: Json | None = None) -> Json:
    """What the server answers to a GET, or to a POST of JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        said: Any = json.load(answer)
        return said if isinstance(said, dict) else {"answer": said}


def await_server(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until ComfyUI answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        demand(process.poll() is None, f"run ended early:\n{log.read_text()[-4000:]}")
        try:
            ask(address, "/system_stats")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"error: ComfyUI did not answer:\n{log.read_text()[-4000:]}")


def hear_interrupts() -> None:
    """A shell that starts a job in the background has it ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def demand(holds: bool, what: str) -> None:
    """Ends the check where something is not as it should be."""
    if not holds:
        raise SystemExit(f"error: not so: {what}")
