"""Two people with a workspace each, who send bundles to a store by the command line, and what is checked of it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cargo import put_tensor
from environment_life import ROOT, Json
from store_relay import Relay
from store_server import Minio

sys.path.insert(0, str(ROOT / "java-core" / "bench"))

from rivals import COMFYUI, GIT, Tool, keep_comfyui, make_environment, workflow

SMALL = "small"
LARGE = "large"
MODEL = Path("checkpoints", "waves.safetensors")
MODEL_BYTES = 40 << 20
LONGEST_SECONDS = 300


class Checks:
    """Prints what holds and what does not, and counts."""

    def __init__(self) -> None:
        self.count = 0
        self.failed = 0

    def that(self, holds: bool, what: str, seen: object = "") -> None:
        """Prints one line; where it does not hold, with what was seen."""
        self.count += 1
        self.failed += 0 if holds else 1
        print(f"ok      {what}" if holds else f"FAILED  {what}: {seen}", flush=True)


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    def error(self) -> Json:
        """The error, as --json tells it; empty when there is none."""
        return Json(json.loads(self.out).get("error", {})) if self.out.startswith("{") else {}

    def names(self, code: str, *hints: str) -> bool:
        """Whether it failed with that code, and has these words in its hints."""
        told = self.error()
        said = " ".join(told.get("hints", []))
        return self.code != 0 and told.get("code") == code and all(hint in said for hint in hints)

    def sent(self) -> int:
        """How many bytes of a bundle it sent to the store; -1 when it did not come so far."""
        sent: int = json.loads(self.out).get("pushed", {}).get("sentBytes", -1) if self.code == 0 else -1
        return sent


class Person:
    """Somebody with a workspace, who uses a store with keys."""

    def __init__(self, home: Path, uv: Path, keys: dict[str, str]) -> None:
        self.home = home
        self.out = home.with_name(home.name + " out")
        self.out.mkdir(parents=True)
        # No settings of AWS's tools that whoever runs this may have.
        own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        own |= GIT | {"TIDEPOOL_HOME": str(home), "HOME": str(self.out), "NO_COLOR": "1"}
        self.variables = own | {"PATH": f"{uv.parent}:{os.environ['PATH']}"} | keys
        self.hidden = {keys["AWS_SECRET_ACCESS_KEY"]}
        self.leaked = False

    def begin(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        """Starts a command."""
        told = self.variables | variables
        self.hidden |= {told[name] for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN") if told.get(name)}
        return subprocess.Popen(
            [str(ROOT / "tidepool"), *words],
            env=told,
            cwd=self.out,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **variables: str) -> Said:
        """A command from its begin to its end."""
        process = self.begin(*words, **variables)
        try:
            out, err = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill(process)
            raise
        return self.heard(process, out, err)

    def kill(self, process: subprocess.Popen[str]) -> Said:
        """What a command said until it is killed now."""
        process.kill()
        return self.heard(process, *process.communicate())

    def heard(self, process: subprocess.Popen[str], out: str, err: str) -> Said:
        """What an ended command said, after a look for secrets in it."""
        self.leaked |= any(secret in out + err for secret in self.hidden)
        return Said(process.returncode, out, err)

    def export(self, environment: str, address: str, *more: str) -> list[str]:
        """The words of an export to the store, by a name in its folder; models go along."""
        told = ["--offline", "--no-interactive", "--with-models", "--json", "-e", environment]
        return ["export", *told, "--output", str(self.bundle(environment)), "--push", address, *more]

    def push(self, environment: str, address: str, *more: str, **variables: str) -> Said:
        """Exports to the store."""
        return self.run(*self.export(environment, address, *more), **variables)

    def take(self, address: str, name: str, **variables: str) -> Said:
        """Imports from the store."""
        words = ["--name", name, "--no-interactive", "--allow-private", "--json"]
        return self.run("import", address, *words, **variables)

    def bundle(self, environment: str) -> Path:
        """The file that an export makes."""
        return self.out / f"{environment}.tar.gz"

    def workflows(self, environment: str) -> Path:
        """Where an environment keeps its workflows."""
        return self.home / "environments" / environment / "ComfyUI" / "user" / "default" / "workflows"

    def model(self) -> Path:
        """Where the model is that comes out of a bundle."""
        return self.home / "models" / MODEL


@dataclass
class World:
    """What the checks work with."""

    checks: Checks
    minio: Minio
    relay: Relay
    anna: Person
    bo: Person
    exe: Path
    room: Path

    def object_is(self, key: str, file: Path) -> bool:
        """Whether an object has the bytes of a file, and says so."""
        answer = self.minio.ask("GET", key)
        told = answer.headers.get("x-amz-meta-sha256"), answer.headers.get("Content-Type")
        return answer.body == file.read_bytes() and told == (sha256(file), "application/gzip")


def furnish(anna: Person, bo: Person, uv: Path) -> None:
    """Makes both workspaces: anna's has two environments, one of which needs a model, bo's has only a ComfyUI."""
    for person in (anna, bo):
        said = person.run("init", str(person.home), "--no-interactive")
        if said.code != 0:
            raise SystemExit(f"error: init ended with {said.code}\n{said.err}")
    tool = Tool(
        ROOT / "tidepool", anna.home, "TIDEPOOL_HOME", "comfydock", "comfydock_cache", f"release_{COMFYUI}",
        lambda _: [], lambda _: [], lambda _, __: [], "HEAD",
    )  # fmt: skip
    for name in (SMALL, LARGE):
        make_environment(tool, uv, name)
        (anna.workflows(name) / "portrait.json").write_text(workflow(name))
    keep_comfyui(tool, SMALL)
    shutil.copytree(anna.home / tool.cache / "comfyui", bo.home / tool.cache / "comfyui")
    # Random bytes, which no archive makes smaller.
    put_tensor(anna.home / "environments" / LARGE / "ComfyUI" / "models" / MODEL, secrets.token_bytes(MODEL_BYTES))
    loader = {"id": 1, "type": "CheckpointLoaderSimple", "inputs": [], "outputs": [], "widgets_values": [MODEL.name]}
    graph = {"last_node_id": 1, "last_link_id": 0, "nodes": [loader], "links": [], "groups": [], "version": 0.4}
    (anna.workflows(LARGE) / "portrait.json").write_text(json.dumps(graph))


def sha256(file: Path) -> str:
    """The digest of a file, in hex digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
