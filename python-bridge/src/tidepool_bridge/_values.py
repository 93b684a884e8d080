"""Profiles, pools and what belongs to them, as plain values.

``dataclasses.asdict`` of each is the JSON that Tidepool's routes and command line answer with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ._errors import TidepoolError

__all__ = ["Addition", "Export", "Picked", "Pool", "Profile", "Refusal", "Slot"]


@dataclass(frozen=True, slots=True)
class Profile:
    """A named pool: its id, its name, and when it was made (milliseconds since the epoch)."""

    id: str
    name: str
    created: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One image of a pool: file name, label, size in pixels and in bytes, last change in ms since the epoch."""

    name: str
    label: str
    width: int
    height: int
    bytes: int
    modified: int
    enabled: bool
    mask: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool at one moment; the revision differs after every change. ``active`` names a slot, or is None."""

    id: str
    revision: str
    active: str | None
    slots: tuple[Slot, ...]

    @staticmethod
    def of(answer: dict[str, Any]) -> Pool:
        """Read a pool as the core writes it."""
        slots = tuple(Slot(**slot) for slot in answer["slots"])
        return Pool(answer["id"], answer["revision"], answer["active"], slots)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that did not become an image of the pool, and why."""

    name: str
    error: TidepoolError


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of offered images: the pool afterwards, the new slots' names, and the refused files."""

    pool: Pool
    added: tuple[str, ...]
    refused: tuple[Refusal, ...]

    @staticmethod
    def of(answer: dict[str, Any]) -> Addition:
        """Read an addition as the core writes it."""
        refused = tuple(Refusal(item["name"], TidepoolError.of(item["error"])) for item in answer["refused"])
        return Addition(Pool.of(answer["pool"]), tuple(answer["added"]), refused)


@dataclass(frozen=True, slots=True)
class Export:
    """A written archive: where, how many bytes, how many files of the pool it holds."""

    file: Path
    bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Picked:
    """One enabled slot, as a node takes it: its place from 0 and how many there are, and where its files lie.

    ``fingerprint`` is equal only for equal content of image and mask.
    """

    name: str
    index: int
    count: int
    label: str
    file: Path
    mask: Path | None
    fingerprint: str

    @staticmethod
    def of(answer: dict[str, Any]) -> Picked:
        """Read a choice as the core writes it."""
        mask = answer["mask"]
        return Picked(**{**answer, "file": Path(answer["file"]), "mask": None if mask is None else Path(mask)})
