"""What goes wrong here, in the shape that the Java core gives its errors."""

from __future__ import annotations

import errno
from typing import Any

__all__ = ["Failure", "disk_failure"]


class Failure(Exception):  # noqa: N818 - "error" is what the bridge raises
    """A failure that the message explains.

    Attributes:
        code: a stable name for programs, such as ``pool-empty``.
        message: one sentence that names the thing concerned.
        hints: next steps, most useful first; may be empty.
        status: the HTTP status (RFC 9110) that fits.
    """

    def __init__(self, code: str, message: str, *hints: str, status: int = 400) -> None:
        super().__init__("\n".join([message, *hints]))
        self.code = code
        self.message = message
        self.hints = hints
        self.status = status

    @property
    def body(self) -> dict[str, Any]:
        """The failure as routes answer with it."""
        return {"error": self.described}

    @property
    def described(self) -> dict[str, Any]:
        """Code, message and hints."""
        return {"code": self.code, "message": self.message, "hints": [*self.hints]}


def disk_failure(error: OSError, doing: str) -> Failure:
    """Explain why the operating system refused; ``doing`` follows "Cannot"."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return Failure("disk-full", f"Cannot {doing}: no space is left.", "Make room and try again.", status=507)
    return Failure("storage-failed", f"Cannot {doing}: {error.strerror or 'the file system failed'}.", status=500)
