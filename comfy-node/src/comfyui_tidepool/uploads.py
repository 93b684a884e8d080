"""Files on their way in: streamed to the disk, and counted while they come."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web

from .failure import Failure, disk_failure
from .service import Service

__all__ = ["Arrived", "Received", "Refused", "receive", "temporary_folder"]

_CHUNK = 2**20
_FIELD_BYTES = 64 * 2**10
_MOST_FILES = 10_000


@dataclass(frozen=True)
class Arrived:
    """A file that came whole: the name that the sender gave it, and where it lies."""

    name: str
    file: Path


@dataclass(frozen=True)
class Refused:
    """A file that was too large, under the sender's name for it."""

    name: str
    failure: Failure

    @property
    def described(self) -> dict[str, Any]:
        """The refusal as routes answer with it."""
        return {"name": self.name, "error": self.failure.described}


@dataclass
class Received:
    """What a multipart request (RFC 7578) held: files in the order they came, refused ones, and texts."""

    files: list[Arrived] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def temporary_folder(service: Service) -> AsyncIterator[Path]:
    """Give a folder that goes when the block ends."""

    def make() -> Path:
        parent = service.settings.temporary()
        parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="tidepool-", dir=parent))

    try:
        folder = await service.work(make)
    except OSError as error:
        raise disk_failure(error, "make a folder for the upload") from error
    try:
        yield folder
    finally:
        await service.work(lambda: shutil.rmtree(folder, ignore_errors=True))


async def receive(
    service: Service, request: web.Request, folder: Path, parts: Collection[str], largest: int
) -> Received:
    """Take the files of a multipart request in.

    A file beyond ``largest`` bytes is passed over and told of; a request beyond the limit for whole requests
    fails. Parts of other names are read as short texts.
    """
    _require_multipart(request)
    total = _Count(service.settings.archive_bytes)
    received = Received()
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader):
                raise Failure("request-invalid", "A part of the request is a multipart itself.")
            if part.name is None or part.name not in parts:
                received.texts[part.name or ""] = await _text(part, total)
                continue
            if len(received.files) + len(received.refused) >= _MOST_FILES:
                raise Failure("request-too-large", f"A request has at most {_MOST_FILES} files.", status=413)
            name = part.filename or part.name
            target = await service.work(partial(_place, folder / str(len(received.files)), name))
            if await _store(service, part, target, largest, total):
                received.files.append(Arrived(name, target))
            else:
                received.refused.append(Refused(name, _too_large(name, largest)))
    except (ValueError, AssertionError) as error:
        raise Failure("request-invalid", "The request is not valid multipart data.") from error
    except OSError as error:
        raise disk_failure(error, "take the upload in") from error
    return received


def _place(folder: Path, name: str) -> Path:
    """Give a place for a file under its sender's name, which errors tell, in letters that every system can write."""
    folder.mkdir(exist_ok=True)
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", name.replace("\\", "/").rpartition("/")[2])
    return folder / (plain[-100:].strip(". ") or "file")


class _Count:
    """Counts the bytes of a whole request."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen = 0

    def add(self, count: int) -> None:
        self._seen += count
        if self._seen > self._most:
            raise Failure("request-too-large", f"The request is larger than {self._most} bytes.", status=413)


async def _store(service: Service, part: BodyPartReader, target: Path, largest: int, total: _Count) -> bool:
    """Write a part into a file; False, and no file, when it is too large."""
    size = 0
    with target.open("wb") as file:
        while chunk := await part.read_chunk(_CHUNK):
            total.add(len(chunk))
            size += len(chunk)
            if size <= largest:
                await service.work(partial(file.write, chunk))
    if size > largest:
        target.unlink()
    return size <= largest


async def _text(part: BodyPartReader, total: _Count) -> str:
    text = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        total.add(len(chunk))
        text += chunk
        if len(text) > _FIELD_BYTES:
            raise Failure("request-too-large", f'The field "{part.name}" is too long.', status=413)
    return text.decode("utf-8", "replace")


def _require_multipart(request: web.Request) -> None:
    if request.content_type != "multipart/form-data":
        raise Failure(
            "content-type-unsupported",
            "This route takes files.",
            "Send them as multipart/form-data.",
            status=415,
        )
    # A form of another site can send multipart, but no header of its own.
    if "Comfy-User" not in request.headers:
        raise Failure(
            "header-missing",
            "The header Comfy-User is missing.",
            "Send it with the user's id; on a server without users it may be empty.",
            status=403,
        )


def _too_large(name: str, largest: int) -> Failure:
    return Failure(
        "file-too-large",
        f'The file "{name}" is larger than {largest / 2**20:g} MiB.',
        "Make it smaller, or start ComfyUI with a higher --max-upload-size.",
        status=413,
    )
