"""What every route has in common: who may call it, how it answers, how it fails."""

from __future__ import annotations

import json
import logging
import re
import urllib.parse
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from aiohttp import web

from .failure import Failure, disk_failure
from .service import Service

__all__ = ["Handler", "answer", "attachment", "guarded", "json_body", "pool_id", "progress_token", "text_of"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOG = logging.getLogger("tidepool.routes")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_READING = ("GET", "HEAD")


def guarded(service: Service, handler: Handler) -> Handler:
    """Let a handler answer only those who may ask, and turn what it raises into JSON."""

    @wraps(handler)
    async def guard(request: web.Request) -> web.StreamResponse:
        try:
            _require_same_site(request)
            _require_user(service, request)
            response = await handler(request)
        except Failure as failure:
            response = answer(failure.body, failure.status)
        except web.HTTPException:
            raise
        except OSError as error:
            response = _failed(disk_failure(error, "answer the request"))
        except Exception:
            _LOG.exception("route=%s failed by a bug", request.path)
            bug = Failure(
                "internal-error",
                "Tidepool failed: this is a bug, not your doing",
                "Look for the line with this route in ComfyUI's log and report it with the steps that led here.",
                status=500,
            )
            response = _failed(bug)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    return guard


def answer(body: Any, status: int = 200) -> web.Response:  # noqa: ANN401 - JSON
    """Give an answer in JSON (RFC 8259), from a value or from a text that is JSON already."""
    text = body if isinstance(body, str) else json.dumps(body)
    return web.Response(
        text=text, status=status, content_type="application/json", headers={"Cache-Control": "no-cache"}
    )


def pool_id(request: web.Request) -> str:
    """Give the id in the path, as decoded; a bad one is refused here, before anything else happens."""
    found = request.match_info["id"]
    if not _ID.fullmatch(found):
        raise Failure(
            "id-invalid", "That is not the id of a pool.", "An id has 1 to 64 letters, digits, underscores and hyphens."
        )
    return found


async def json_body(service: Service, request: web.Request) -> dict[str, Any]:
    """Read the JSON object that a change is sent as."""
    if request.content_type != "application/json":
        raise Failure(
            "content-type-unsupported",
            "This route takes JSON.",
            "Send it with the header Content-Type: application/json.",
            status=415,
        )
    limit = service.settings.json_bytes
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise Failure("request-too-large", f"The request is larger than {limit} bytes.", status=413)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Failure("request-invalid", "The request is not valid JSON.") from None
    if not isinstance(value, dict):
        raise Failure("request-invalid", "The request is not a JSON object.")
    return value


def text_of(request: web.Request, name: str) -> str:
    """Give a parameter of the query, which must be there."""
    value = request.query.get(name)
    if value is None:
        raise Failure("request-invalid", f'The parameter "{name}" is missing.')
    return value


def progress_token(request: web.Request) -> str | None:
    """Give the token under which the sender wants to hear of the progress, if any."""
    token = request.query.get("progress")
    if token is not None and not _ID.fullmatch(token):
        raise Failure("request-invalid", "A progress token has 1 to 64 letters, digits, underscores and hyphens.")
    return token


def attachment(name: str, kind: str = "attachment") -> str:
    """Give a Content-Disposition (RFC 6266) that proposes a file name in any script (RFC 8187)."""
    safe = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", name).strip(". ") or "file"
    plain = safe.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    encoded = urllib.parse.quote(safe, safe="", errors="replace")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"


def _failed(failure: Failure) -> web.Response:
    return answer(failure.body, failure.status)


def _require_same_site(request: web.Request) -> None:
    """Refuse what another site makes a browser send (Fetch Metadata, W3C; the Origin header, RFC 6454)."""
    opaque = request.method not in _READING and request.headers.get("Origin") == "null"
    if opaque or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Failure("cross-site", "Requests from other sites are refused.", status=403)


def _require_user(service: Service, request: web.Request) -> None:
    try:
        service.settings.user(request)
    except KeyError:
        raise Failure(
            "user-unknown",
            "This ComfyUI has no such user.",
            "Choose a user on ComfyUI's start page, then try again.",
            status=403,
        ) from None
