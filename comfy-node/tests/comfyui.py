"""A real ComfyUI with this pack, as a process, and a client for its API."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACK = HERE.parent / "src" / "comfyui_tidepool"
START_SECONDS = 300
RUN_SECONDS = 120
STOP_SECONDS = 60
Graph = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Run:
    """What became of a queued prompt: the outputs by node, the nodes that were not run again, or the error."""

    outputs: dict[str, Any]
    cached: frozenset[str]
    error: str | None

    def told(self, node: str = "probe") -> Any:
        """What a probe was given."""
        assert self.error is None, self.error
        return json.loads(self.outputs[node]["probe"][0])


class ComfyUI:
    """A ComfyUI with a base folder of its own. Stop it when done."""

    def __init__(self, folder: Path, *options: str, variables: Mapping[str, str] | None = None) -> None:
        source, python = chosen()
        self.input = folder / "input"
        self.log = folder / "comfyui.log"
        packs = folder / "custom_nodes"
        packs.mkdir(parents=True)
        (packs / "comfyui-tidepool").symlink_to(PACK)
        (packs / "probe").symlink_to(HERE / "graph" / "probe")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        command = [str(python), "main.py", "--cpu", "--port", str(self.port), "--base-directory", str(folder)]
        # The default cache lets results go when memory is short, which says nothing about what is stale.
        command += [
            "--cache-classic",
            "--disable-auto-launch",
            "--database-url",
            f"sqlite:///{folder / 'comfyui.db'}",
            *options,
        ]
        bridge = HERE.parents[1] / "python-bridge" / "src"
        environment = {**os.environ, "PYTHONPATH": str(bridge), **(variables or {})}
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=source, stdout=log, stderr=log, env=environment)
        self._wait()

    def stop(self) -> None:
        """End the process as Ctrl-C does; it must end by itself. One that does not says where it hangs."""
        self._process.send_signal(signal.SIGINT)
        # Python drops an interrupt that comes while it runs a finalizer; ComfyUI says so when one reached it.
        if not self._ends() and "Stopped server" not in self.log.read_text():
            self._process.send_signal(signal.SIGINT)
        if not self._ends():
            # ComfyUI has Python print the stack of its main thread then.
            self._process.send_signal(signal.SIGABRT)
            self._process.wait()
            raise AssertionError(f"ComfyUI did not end: {self.log.read_text()[-3000:]}")

    def _ends(self) -> bool:
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return True

    def get(self, path: str, **headers: str) -> Any:
        return self._ask("GET", path, None, headers)[1]

    def post(self, path: str, /, **body: Any) -> tuple[int, Any]:
        return self._ask("POST", path, body)

    def queue(self, graph: Graph) -> str:
        """Queue a prompt, which must be valid, and give its id."""
        status, answer = self.post("/prompt", prompt=graph, client_id=uuid.uuid4().hex)
        assert status == 200, answer
        return str(answer["prompt_id"])

    def result(self, prompt: str) -> Run:
        """Wait until a prompt has run."""
        end = time.monotonic() + RUN_SECONDS
        while time.monotonic() < end:
            entry = self.get(f"/history/{prompt}").get(prompt)
            if entry is not None and entry.get("status"):
                return _run(entry)
            time.sleep(0.02)
        raise AssertionError(f"the prompt did not end; see {self.log}")

    def run(self, graph: Graph) -> Run:
        return self.result(self.queue(graph))

    def _ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"null")
        finally:
            connection.close()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise AssertionError(f"ComfyUI ended: {self.log.read_text()[-3000:]}")
            try:
                self._ask("GET", "/system_stats")
            except OSError:
                time.sleep(0.1)
            else:
                return
        self._process.kill()
        raise AssertionError(f"ComfyUI did not start: {self.log.read_text()[-3000:]}")


def _run(entry: Mapping[str, Any]) -> Run:
    messages = dict(entry["status"]["messages"])
    error = messages.get("execution_error")
    return Run(
        entry["outputs"],
        frozenset(messages.get("execution_cached", {}).get("nodes", [])),
        None if error is None else error["exception_message"].strip(),
    )


def chosen() -> tuple[Path, Path]:
    """Give the ComfyUI and the Python to test with."""
    source = os.environ["TIDEPOOL_TEST_COMFYUI"]
    return Path(source), Path(os.environ["TIDEPOOL_TEST_PYTHON"])
