"""The routes below ``/grid_pool/pools/{id}``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web

from .changes import Changes
from .failure import Failure
from .gate import Handler, answer, attachment, json_body, pool_id, progress_token, text_of
from .service import Service
from .thumbnails import SIZES, Thumbnails
from .uploads import receive, temporary_folder

__all__ = ["PoolRoutes"]

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".avif": "image/avif",
}
_ALWAYS = "private, max-age=31536000, immutable"
_ASK_AGAIN = "private, no-cache"


class PoolRoutes:
    """Answers for the pools. See docs/reference/routes.md."""

    def __init__(self, service: Service, changes: Changes, thumbnails: Thumbnails) -> None:
        self._service = service
        self._changes = changes
        self._thumbnails = thumbnails

    @property
    def table(self) -> list[tuple[str, str, Handler]]:
        """Method, path and handler of each route."""
        base = "/grid_pool/pools/{id}"
        return [
            ("GET", base, self.get),
            ("GET", f"{base}/image", self.image),
            ("GET", f"{base}/thumbnail", self.thumbnail),
            ("POST", f"{base}/images", self.add),
            ("POST", f"{base}/mask", self.attach_mask),
            ("DELETE", f"{base}/mask", self.remove_mask),
            ("POST", f"{base}/remove", self._change("pool.remove", "names")),
            ("POST", f"{base}/restore", self._change("pool.restore", "names")),
            ("POST", f"{base}/reorder", self._change("pool.reorder", "names")),
            ("POST", f"{base}/activate", self._change("pool.activate", "name")),
            ("POST", f"{base}/label", self._change("pool.label", "name", "label")),
            ("POST", f"{base}/enable", self._change("pool.enable", "names", "enabled")),
        ]

    async def get(self, request: web.Request) -> web.StreamResponse:
        """Read a pool; an unused id has an empty one."""
        pool, text = await self._service.ask_text("pool.get", id=pool_id(request))
        self._changes.shown(pool)
        return answer(text)

    async def add(self, request: web.Request) -> web.StreamResponse:
        """Take images in, and say which were refused."""
        pool = pool_id(request)
        async with temporary_folder(self._service) as folder:
            received = await receive(self._service, request, folder, ("image",), self._service.settings.image_bytes)
            if not received.files and not received.refused:
                raise Failure("request-invalid", 'The request has no part "image".')
            images = [{"name": one.name, "file": str(one.file.absolute())} for one in received.files]
            added = await self._service.ask_long("pool.add", progress_token(request), id=pool, images=images)
        added["refused"] = [_plain(refusal) for refusal in added["refused"]]
        added["refused"] += [refused.described for refused in received.refused]
        if added["added"]:
            self._changes.pool(added["pool"])
        return answer(added)

    async def attach_mask(self, request: web.Request) -> web.StreamResponse:
        """Lay a mask beside an image."""
        pool, name = pool_id(request), text_of(request, "name")
        async with temporary_folder(self._service) as folder:
            received = await receive(self._service, request, folder, ("mask",), self._service.settings.image_bytes)
            if received.refused:
                raise received.refused[0].failure
            if len(received.files) != 1:
                raise Failure("request-invalid", 'The request needs one file in the part "mask".')
            file = str(received.files[0].file.absolute())
            return await self._changed("pool.mask.attach", id=pool, name=name, file=file)

    async def remove_mask(self, request: web.Request) -> web.StreamResponse:
        """Take a mask away."""
        return await self._changed("pool.mask.remove", id=pool_id(request), name=text_of(request, "name"))

    async def image(self, request: web.Request) -> web.StreamResponse:
        """Send an image as it is."""
        name = text_of(request, "name")
        file = await self._file(request, name)
        kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
        headers = {"Content-Type": kind, "Content-Disposition": attachment(name, "inline"), **_caching(request)}
        return web.FileResponse(file, headers=headers)

    async def thumbnail(self, request: web.Request) -> web.StreamResponse:
        """Send a small picture of an image, made when it is asked for the first time."""
        size = request.query.get("size", "256")
        if size not in SIZES:
            raise Failure("request-invalid", f"A thumbnail has one of the sizes {', '.join(SIZES)}.")
        thumbnail = await self._thumbnails.of(await self._file(request, text_of(request, "name")), int(size))
        headers = {"ETag": thumbnail.tag, **_caching(request)}
        if request.headers.get("If-None-Match") == thumbnail.tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=thumbnail.data, content_type="image/webp", headers=headers)

    def _change(self, operation: str, *names: str) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            pool = pool_id(request)
            body = await json_body(self._service, request)
            return await self._changed(operation, id=pool, **{name: body.get(name) for name in names})

        return handler

    async def _changed(self, operation: str, **arguments: object) -> web.Response:
        pool, text = await self._service.ask_text(operation, **arguments)
        self._changes.pool(pool)
        return answer(text)

    async def _file(self, request: web.Request, name: str) -> Path:
        found = await self._service.ask("pool.image", id=pool_id(request), name=name)
        return Path(found["file"])


def _caching(request: web.Request) -> dict[str, str]:
    """Let browsers keep what has its revision in the address."""
    return {"Cache-Control": _ALWAYS if request.query.get("rev") else _ASK_AGAIN}


def _plain(refusal: dict[str, Any]) -> dict[str, Any]:
    error = refusal["error"]
    described = {"code": error["code"], "message": error["message"], "hints": error["hints"]}
    return {"name": refusal["name"], "error": described}
