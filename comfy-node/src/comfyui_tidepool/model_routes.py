"""The routes below ``/tidepool/models``."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from .failure import Failure
from .gate import Handler, answer, json_body
from .service import Service

__all__ = ["ModelRoutes"]

_MOST = 2000
_LONGEST = 4096


class ModelRoutes:
    """Answers which files a workflow's models may be. See docs/reference/routes.md."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @property
    def table(self) -> list[tuple[str, str, Handler]]:
        """Method, path and handler of each route."""
        return [("POST", "/tidepool/models/offers", self.offers)]

    async def offers(self, request: web.Request) -> web.StreamResponse:
        """Give for each reference the files that it may mean."""
        body = await json_body(self._service, request)
        references = body.get("references")
        if not isinstance(references, list) or not all(_is_reference(each) for each in references):
            raise Failure(
                "request-invalid", 'The request needs a list "references" of objects with type, input and value.'
            )
        if len(references) > _MOST:
            raise Failure("request-invalid", f"The request names more than {_MOST} models.")
        return answer(await self._service.work_long(lambda: self._offers(references)))

    def _offers(self, references: list[dict[str, Any]]) -> str:
        facts = self._service.settings.models({each["type"] for each in references})
        return json.dumps(
            self._service.carry_out(
                "model.offers", references=references, nodes=json.dumps(facts["nodes"]), folders=facts["folders"]
            )
        )


def _is_reference(value: Any) -> bool:  # noqa: ANN401 - JSON
    texts = [value.get(name) for name in ("type", "input", "value")] if isinstance(value, dict) else [None]
    return all(isinstance(text, str) and len(text) <= _LONGEST for text in texts)
