"""The pools and profiles of one base folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._values import Addition, Export, Picked, Pool, Profile

if TYPE_CHECKING:
    from ._core import Core
    from ._events import Progress

__all__ = ["Pools", "Profiles", "Store"]

Names = Iterable[str]
AnyPath = str | os.PathLike[str]


class Store:
    """A base folder (``<ComfyUI input>/grid_pool``) with its profiles and pools; missing means empty.

    Keeps nothing but the folder's name: make one whenever one is needed. Safe for use by any number of threads.
    Every method of ``profiles`` and ``pools`` raises ``TidepoolError`` with the code that fits.
    """

    def __init__(self, core: Core, base: AnyPath) -> None:
        self.base = Path(base).absolute()
        self.profiles = Profiles(core, self.base)
        self.pools = Pools(core, self.base)


class _Operations:
    """Operations of one kind on one base folder."""

    def __init__(self, core: Core, base: Path) -> None:
        self._core = core
        self._base = str(base)

    def _request(self, operation: str, progress: Progress | None = None, /, **arguments: object) -> Any:  # noqa: ANN401
        return self._core.request(operation, progress, base=self._base, **arguments)


class Profiles(_Operations):
    """The named pools of a base folder."""

    def list(self) -> list[Profile]:
        """List all profiles."""
        return [Profile(**profile) for profile in self._request("profile.list")["profiles"]]

    def find(self, id_or_name: str) -> Profile:
        """Find a profile by its id, else by its name (ignoring case); ``profile-not-found`` when there is none."""
        return Profile(**self._request("profile.find", profile=id_or_name))

    def resolve(self, id: str = "", name: str = "") -> str:  # noqa: A002
        """Give the pool that a node means: of the profile with that id, else of that name, else ``default``."""
        return str(self._request("profile.resolve", id=id, name=name)["id"])

    def create(self, name: str, *, id: str | None = None, created: int | None = None) -> Profile:  # noqa: A002
        """Make a profile with an empty pool; ``profile-name-taken`` when the name has one."""
        return Profile(**self._request("profile.create", name=name, id=id, created=created))

    def rename(self, profile: str | Profile, name: str) -> Profile:
        """Rename a profile."""
        return Profile(**self._request("profile.rename", id=_id(profile), name=name))

    def duplicate(self, profile: str | Profile, name: str, progress: Progress | None = None) -> Profile:
        """Copy a profile with all its images, order, labels and active slot."""
        return Profile(**self._request("profile.duplicate", progress, id=_id(profile), name=name))

    def delete(self, profile: str | Profile) -> bool:
        """Move a profile into the trash; False when there was none."""
        return bool(self._request("profile.delete", id=_id(profile))["deleted"])

    def restore(self, id_or_name: str) -> Profile:
        """Take a profile out of the trash."""
        return Profile(**self._request("profile.restore", id=id_or_name))

    def export(self, profile: str | Profile, file: AnyPath, progress: Progress | None = None) -> Export:
        """Write a profile into a zip archive; equal profiles give equal bytes."""
        answer = self._request("profile.export", progress, id=_id(profile), file=_path(file))
        return Export(Path(answer["file"]), answer["bytes"], answer["files"])

    def import_from(self, file: AnyPath, *, name: str | None = None, progress: Progress | None = None) -> Profile:
        """Make a profile from an archive, under the name it carries (numbered when taken) or the given one."""
        return Profile(**self._request("profile.import", progress, file=_path(file), name=name))


class Pools(_Operations):
    """The pools of a base folder, by id: a profile's id or any other. A pool nobody used yet is empty."""

    def get(self, pool: str) -> Pool:
        """Read a pool."""
        return self._changed("pool.get", pool)

    def add(self, pool: str, images: Mapping[str, AnyPath], progress: Progress | None = None) -> Addition:
        """Copy image files into a pool under the suggested names; files that are no images are refused."""
        offered = [{"name": name, "file": _path(file)} for name, file in images.items()]
        return Addition.of(self._request("pool.add", progress, id=pool, images=offered))

    def remove(self, pool: str, names: Names) -> Pool:
        """Move images into the trash."""
        return self._changed("pool.remove", pool, names=[*names])

    def restore(self, pool: str, names: Names) -> Pool:
        """Take images out of the trash."""
        return self._changed("pool.restore", pool, names=[*names])

    def reorder(self, pool: str, names: Names) -> Pool:
        """Put the slots into this order."""
        return self._changed("pool.reorder", pool, names=[*names])

    def activate(self, pool: str, name: str) -> Pool:
        """Make a slot the active one."""
        return self._changed("pool.activate", pool, name=name)

    def label(self, pool: str, name: str, label: str) -> Pool:
        """Give a slot a label."""
        return self._changed("pool.label", pool, name=name, label=label)

    def enable(self, pool: str, names: Names, enabled: bool = True) -> Pool:
        """Let nodes count these slots, or not."""
        return self._changed("pool.enable", pool, names=[*names], enabled=enabled)

    def attach_mask(self, pool: str, name: str, file: AnyPath) -> Pool:
        """Copy a mask file beside an image."""
        return self._changed("pool.mask.attach", pool, name=name, file=_path(file))

    def remove_mask(self, pool: str, name: str) -> Pool:
        """Remove the mask of an image."""
        return self._changed("pool.mask.remove", pool, name=name)

    def pick(self, pool: str, index: int = -1, slot: str = "") -> Picked:
        """Choose an enabled slot: by its index from 0; with -1 by its name, else the active one."""
        return Picked.of(self._request("pool.pick", id=pool, index=index, slot=slot))

    def fingerprint(self, pool: str, name: str | None = None) -> str:
        """Give a text that changes exactly when the content of the pool, or of that slot, does."""
        return str(self._request("pool.fingerprint", id=pool, name=name)["fingerprint"])

    def image(self, pool: str, name: str) -> Path:
        """Give the file of an image."""
        return Path(self._request("pool.image", id=pool, name=name)["file"])

    def mask(self, pool: str, name: str) -> Path | None:
        """Give the mask file of an image, None when it has none."""
        mask = self._request("pool.image", id=pool, name=name)["mask"]
        return None if mask is None else Path(mask)

    def _changed(self, operation: str, pool: str, **arguments: object) -> Pool:
        return Pool.of(self._request(operation, None, id=pool, **arguments))


def _id(profile: str | Profile) -> str:
    return profile.id if isinstance(profile, Profile) else profile


def _path(file: AnyPath) -> str:
    return str(Path(file).absolute())
