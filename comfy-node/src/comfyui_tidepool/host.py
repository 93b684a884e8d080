"""The running ComfyUI, as far as this pack asks anything of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import folder_paths
from aiohttp import web
from comfy.cli_args import args
from comfy_api.latest import get_executing_context
from server import PromptServer

from .changes import Changes
from .freshness import Place
from .model_facts import model_facts
from .routes import build
from .service import Service, Settings
from .thumbnails import Thumbnails
from .watcher import Watcher

__all__ = ["CATEGORY", "DEFAULT_POOL", "FOLDER", "fingerprint", "join_server", "pick", "place", "resolve"]

CATEGORY = "Datasete Gates"
FOLDER = "grid_pool"
DEFAULT_POOL = "default"


def _notify(event: str, data: dict[str, Any]) -> None:
    PromptServer.instance.send_sync(event, data)


def _user(request: web.Request) -> str:
    """Name the user; a picture's address cannot send a header, so there the user may stand in the query."""
    user = request.query.get("user")
    asked: Any = request
    if user is not None and request.method == "GET" and "Comfy-User" not in request.headers:
        asked = SimpleNamespace(headers={"comfy-user": user})
    return str(PromptServer.instance.user_manager.get_request_user_id(asked))


_service = Service(
    Settings(
        base=lambda: Path(folder_paths.get_input_directory()) / FOLDER,
        temporary=lambda: Path(folder_paths.get_temp_directory()),
        notify=_notify,
        connected=lambda: bool(PromptServer.instance.sockets),
        models=model_facts,
        user=_user,
        image_bytes=round(args.max_upload_size * 2**20),
    )
)


def join_server() -> None:
    """Add the routes to ComfyUI's server, and start the core and the watcher once that is up."""
    server = PromptServer.instance
    changes, thumbnails = Changes(_service), Thumbnails()
    watcher = Watcher(_service, changes)
    for route in build(_service, changes, thumbnails):
        server.routes.route(route.method, route.path)(route.handler)

    async def begin(_: web.Application) -> None:
        # Not before: while other packs are imported, the start would share the interpreter with them.
        _service.warm_up()
        watcher.start()

    async def end(_: web.Application) -> None:
        await watcher.stop()
        thumbnails.close()
        _service.close()

    server.app.on_startup.append(begin)
    server.app.on_cleanup.append(end)


def resolve(profile_id: str, name: str) -> str:
    """Give the id of the pool that a profile node means; raises ``Failure``."""
    return str(_service.request("profile.resolve", id=profile_id, name=name)["id"])


def pick(pool: str, index: int, slot: str) -> dict[str, Any]:
    """Choose a slot: ``name``, ``index``, ``count``, ``label``, ``mask``, ``fingerprint``; raises ``Failure``."""
    picked: dict[str, Any] = _service.request("pool.pick", id=pool, index=index, slot=slot)
    return picked


def fingerprint(pool: str) -> str:
    """Give a text that changes exactly when the content of a pool does; raises ``Failure``."""
    return str(_service.request("pool.fingerprint", id=pool)["fingerprint"])


def place() -> Place | None:
    """Give the place of the node that ComfyUI is working on; None when that cannot be told.

    A node that a subgraph of another was expanded to stands in no queued prompt.
    """
    context = get_executing_context()
    if context is None:
        return None
    running, _ = PromptServer.instance.prompt_queue.get_current_queue_volatile()
    for item in running:
        prompt_id, prompt = item[1], item[2]
        if prompt_id == context.prompt_id and context.node_id in prompt:
            return Place(prompt, context.node_id)
    return None
