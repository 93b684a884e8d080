"""The routes below ``/grid_pool/profiles``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiohttp import web

from .changes import Changes
from .failure import Failure
from .gate import Handler, answer, attachment, json_body, progress_token, text_of
from .service import Service
from .uploads import receive, temporary_folder

__all__ = ["ProfileRoutes"]

_CHUNK = 2**20


class ProfileRoutes:
    """Answers for the profiles. See docs/reference/routes.md."""

    def __init__(self, service: Service, changes: Changes) -> None:
        self._service = service
        self._changes = changes

    @property
    def table(self) -> list[tuple[str, str, Handler]]:
        """Method, path and handler of each route."""
        base = "/grid_pool/profiles"
        return [
            ("GET", f"{base}/list", self.list),
            ("POST", f"{base}/create", self.create),
            ("POST", f"{base}/rename", self.rename),
            ("POST", f"{base}/duplicate", self.duplicate),
            ("POST", f"{base}/delete", self.delete),
            ("POST", f"{base}/restore", self.restore),
            ("GET", f"{base}/export", self.export),
            ("POST", f"{base}/import", self.import_from),
        ]

    async def list(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        """List the profiles."""
        _, text = await self._service.ask_text("profile.list")
        return answer(text)

    async def create(self, request: web.Request) -> web.StreamResponse:
        """Make a profile with an empty pool."""
        body = await json_body(self._service, request)
        return self._changed(await self._service.ask("profile.create", name=body.get("name")))

    async def rename(self, request: web.Request) -> web.StreamResponse:
        """Rename a profile."""
        body = await json_body(self._service, request)
        return self._changed(await self._service.ask("profile.rename", id=body.get("id"), name=body.get("name")))

    async def duplicate(self, request: web.Request) -> web.StreamResponse:
        """Copy a profile with its images."""
        body = await json_body(self._service, request)
        arguments = {"id": body.get("id"), "name": body.get("name")}
        return self._changed(await self._service.ask_long("profile.duplicate", progress_token(request), **arguments))

    async def delete(self, request: web.Request) -> web.StreamResponse:
        """Move a profile into the trash."""
        body = await json_body(self._service, request)
        deleted = await self._service.ask("profile.delete", id=body.get("id"))
        if deleted["deleted"]:
            await self._pool_came_or_went(body["id"])
            self._changes.profiles()
        return answer(deleted)

    async def restore(self, request: web.Request) -> web.StreamResponse:
        """Take a profile out of the trash."""
        body = await json_body(self._service, request)
        profile = await self._service.ask("profile.restore", id=body.get("id"))
        await self._pool_came_or_went(profile["id"])
        return self._changed(profile)

    async def export(self, request: web.Request) -> web.StreamResponse:
        """Stream a profile's archive."""
        wanted = text_of(request, "id")
        async with temporary_folder(self._service) as folder:
            archive = folder / "profile.zip"
            profile = await self._service.ask("profile.find", profile=wanted)
            await self._service.ask_long(
                "profile.export", progress_token(request), id=profile["id"], file=str(archive.absolute())
            )
            size = (await asyncio.to_thread(archive.stat)).st_size
            response = web.StreamResponse(
                headers={
                    "Content-Type": "application/zip",
                    "Content-Length": str(size),
                    "Content-Disposition": attachment(f"{profile['name']}.zip"),
                    "Cache-Control": "no-store",
                    "X-Content-Type-Options": "nosniff",
                }
            )
            await response.prepare(request)
            try:
                async for chunk in self._read(archive):
                    await response.write(chunk)
                await response.write_eof()
            except OSError:
                # The other side has gone, or must not take half an archive for a whole one.
                if request.transport is not None:
                    request.transport.abort()
            return response

    async def import_from(self, request: web.Request) -> web.StreamResponse:
        """Make a profile of an uploaded archive."""
        async with temporary_folder(self._service) as folder:
            largest = self._service.settings.archive_bytes
            received = await receive(self._service, request, folder, ("file",), largest)
            if received.refused:
                raise received.refused[0].failure
            if len(received.files) != 1:
                raise Failure("request-invalid", 'The request needs one file in the part "file".')
            file = str(received.files[0].file.absolute())
            name = received.texts.get("name")
            profile = await self._service.ask_long("profile.import", progress_token(request), file=file, name=name)
        return self._changed(profile)

    def _changed(self, profile: dict[str, Any]) -> web.Response:
        self._changes.profiles()
        return answer(profile)

    async def _pool_came_or_went(self, pool: str) -> None:
        self._changes.pool(await self._service.ask("pool.get", id=pool))

    async def _read(self, file: Path) -> AsyncIterator[bytes]:
        opened = await self._service.work(lambda: file.open("rb"))
        try:
            while chunk := await self._service.work(lambda: opened.read(_CHUNK)):
                yield chunk
        finally:
            opened.close()
