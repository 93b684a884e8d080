"""Says when a result is stale, exactly.

ComfyUI keeps a node's result under a key of the node's inputs, its fingerprint, and the same of all nodes before
it. A fingerprint is asked for before anything runs, with None for every input that comes over a link. So the pool
node looks up for itself which profile is linked to it: in the prompt that is running.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["POOL_NODE", "PROFILE_NODE", "Place", "never_same"]

PROFILE_NODE = "PoolProfile"
POOL_NODE = "GridImagePool"
_FIRST_NUMBER_OUTPUT = 2
"""Outputs from here on (index, count, label) follow the arrangement of the pool."""

Node = Mapping[str, Any]


def never_same() -> float:
    """Give a fingerprint that equals none, not even itself: the node runs again."""
    return float("nan")


@dataclass(frozen=True)
class Place:
    """Where a node stands in a running prompt, which maps ids to ``{"class_type", "inputs"}``."""

    prompt: Mapping[str, Node]
    node: str

    def input(self, name: str) -> object:
        """Give an input as the prompt has it: a value, or a link ``[id, output]``; None without one."""
        return self._inputs(self.node).get(name)

    def linked_profile(self) -> tuple[object, object] | None:
        """Give id and name that the profile node right before this one holds; None when it is another kind."""
        link = _link(self.input("profile"))
        if link is None or self.prompt.get(link[0], {}).get("class_type") != PROFILE_NODE:
            return None
        inputs = self._inputs(link[0])
        return inputs.get("profile_id"), inputs.get("profile")

    def follows_profiles(self) -> bool:
        """Whether what comes over the profile's link stems from profile nodes, through none that is a pool.

        The fingerprints of those cover their pools, for they feed something else than pools.
        """
        link = _link(self.input("profile"))
        waiting = [] if link is None else [link[0]]
        seen: set[str] = set()
        found = False
        while waiting:
            node = waiting.pop()
            kind = self.prompt.get(node, {}).get("class_type")
            if kind == POOL_NODE:
                return False
            found = found or kind == PROFILE_NODE
            seen.add(node)
            waiting += [before for before in self._before(node) if before not in seen]
        return found

    def feeds_pools_only(self) -> bool:
        """Whether all that take this profile are pool nodes, which look at its content themselves."""
        takers = [node for node, _ in self._takers()]
        return bool(takers) and all(self.prompt[node].get("class_type") == POOL_NODE for node in takers)

    def gives_numbers(self) -> bool:
        """Whether anything takes this pool's index, count or label."""
        return any(output >= _FIRST_NUMBER_OUTPUT for _, output in self._takers())

    def _takers(self) -> Iterator[tuple[str, int]]:
        for node in self.prompt:
            for value in self._inputs(node).values():
                link = _link(value)
                if link is not None and link[0] == self.node:
                    yield node, link[1]

    def _before(self, node: str) -> Iterator[str]:
        for value in self._inputs(node).values():
            link = _link(value)
            if link is not None:
                yield link[0]

    def _inputs(self, node: str) -> Mapping[str, Any]:
        inputs: Mapping[str, Any] = self.prompt.get(node, {}).get("inputs", {})
        return inputs


def _link(value: object) -> tuple[str, int] | None:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], int):
        return value[0], value[1]
    return None
