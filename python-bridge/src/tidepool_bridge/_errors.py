"""What can go wrong, as a caller sees it."""

from __future__ import annotations

from typing import Any

__all__ = ["BridgeUnavailable", "TidepoolError"]


class TidepoolError(Exception):
    """A failure that the message explains, as the Java core reports it.

    Attributes:
        code: a stable name for programs, such as ``profile-not-found``.
        message: one sentence that names the thing concerned; never a Java class name.
        hints: next steps, most useful first; may be empty.
        status: the HTTP status (RFC 9110) that fits.
    """

    def __init__(self, code: str, message: str, hints: tuple[str, ...] = (), status: int = 500) -> None:
        super().__init__(code, message, hints, status)
        self.code = code
        self.message = message
        self.hints = hints
        self.status = status

    @staticmethod
    def of(answer: dict[str, Any]) -> TidepoolError:
        """Read an error as the core writes it."""
        return TidepoolError(answer["code"], answer["message"], tuple(answer["hints"]), answer["status"])

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"hint: {hint}" for hint in self.hints)])


class BridgeUnavailable(TidepoolError):  # noqa: N818 - the name says a state, which lasts
    """The Java core cannot run in this process; everything else can.

    The message gives the one reason, the hints give the fix. It lasts as long as the process: every
    later call answers the same.
    """

    def __init__(self, reason: str, *hints: str) -> None:
        super().__init__("bridge-unavailable", reason, hints, 503)

    def __reduce__(self) -> tuple[type[BridgeUnavailable], tuple[str, ...]]:
        return type(self), (self.message, *self.hints)
