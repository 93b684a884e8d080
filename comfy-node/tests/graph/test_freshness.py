"""Results are made again exactly when they have to be, in a real ComfyUI."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphs import graph, node, probe
from PIL import Image
from tidepool_bridge import Store

from comfyui import ComfyUI
from pictures_of import encoded

Change = Callable[[Store, str, Path], object]


def picture(folder: Path, name: str, colour: int) -> Path:
    file = folder / name
    file.write_bytes(encoded(Image.new("RGB", (6, 4), (colour, colour, colour))))
    return file


def fill(store: Store, pool: str, folder: Path) -> None:
    """Three images, of which the first is active."""
    store.pools.add(
        pool, {name: picture(folder, name, colour) for colour, name in enumerate(("a.png", "b.png", "c.png"))}
    )


def overwrite(name: str) -> Change:
    def change(store: Store, pool: str, folder: Path) -> None:
        store.pools.image(pool, name).write_bytes(picture(folder, "new.png", 99).read_bytes())

    return change


def mask(name: str) -> Change:
    return lambda store, pool, folder: store.pools.attach_mask(pool, name, picture(folder, "mask.png", 50))


ALL_THE_SAME: dict[str, Change] = {
    "nothing": lambda store, pool, folder: None,  # noqa: ARG005
    "another label": lambda store, pool, folder: store.pools.label(pool, "b.png", "x"),  # noqa: ARG005
    "its own label": lambda store, pool, folder: store.pools.label(pool, "a.png", "x"),  # noqa: ARG005
    "another file": overwrite("b.png"),
    "another mask": mask("b.png"),
    "another image more": lambda store, pool, folder: store.pools.add(pool, {"d.png": picture(folder, "d.png", 7)}),
    "the order": lambda store, pool, folder: store.pools.reorder(pool, ["c.png"]),  # noqa: ARG005
    "another one disabled": lambda store, pool, folder: store.pools.enable(pool, ["c.png"], False),  # noqa: ARG005
    "the same bytes again": lambda store, pool, folder: store.pools.image(pool, "a.png").write_bytes(  # noqa: ARG005
        store.pools.image(pool, "a.png").read_bytes()
    ),
}
ANOTHER: dict[str, Change] = {
    "another slot is active": lambda store, pool, folder: store.pools.activate(pool, "b.png"),  # noqa: ARG005
    "the file": overwrite("a.png"),
    "its mask": mask("a.png"),
    "it was removed": lambda store, pool, folder: store.pools.remove(pool, ["a.png"]),  # noqa: ARG005
    "it was disabled": lambda store, pool, folder: store.pools.enable(pool, ["a.png"], False),  # noqa: ARG005
}


KINDS = ["own pool", "profile"]
BEHIND = "profile behind another node"
"""There the whole pool counts, for nobody knows what the node between does."""


@pytest.mark.parametrize(
    ("kind", "change"),
    [*itertools.product(KINDS, ALL_THE_SAME), (BEHIND, "nothing"), (BEHIND, "the same bytes again")],
)
def test_what_does_not_matter_runs_nothing_again(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path, kind: str, change: str
) -> None:
    pool, prompt = prepared(store, fresh, tmp_path, kind)
    first = comfyui.run(prompt)
    assert "pool" not in first.cached
    ALL_THE_SAME[change](store, pool, tmp_path)
    second = comfyui.run(prompt)
    assert second.cached >= {"pool", "probe"}
    assert second.told() == first.told()


@pytest.mark.parametrize("kind", [*KINDS, BEHIND])
@pytest.mark.parametrize("change", [*ANOTHER])
def test_what_matters_is_made_again(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path, kind: str, change: str
) -> None:
    pool, prompt = prepared(store, fresh, tmp_path, kind)
    first = comfyui.run(prompt)
    ANOTHER[change](store, pool, tmp_path)
    second = comfyui.run(prompt)
    assert not second.cached & {"pool", "probe"}
    assert second.told() != first.told()
    assert comfyui.run(prompt).cached >= {"pool", "probe"}


def test_an_edited_mask_is_made_again(comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path) -> None:
    fill(store, fresh, tmp_path)
    store.pools.attach_mask(fresh, "a.png", picture(tmp_path, "mask.png", 50))
    first = comfyui.run(graph(pool_id=fresh)).told()
    store.pools.attach_mask(fresh, "a.png", picture(tmp_path, "mask.png", 60))
    second = comfyui.run(graph(pool_id=fresh)).told()
    assert first["image"] == second["image"]
    assert first["mask"] != second["mask"]


@pytest.mark.parametrize("change", ["its own label", "another image more", "the order", "another one disabled"])
def test_index_count_and_label_are_made_again_where_something_takes_them(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path, change: str
) -> None:
    fill(store, fresh, tmp_path)
    prompt = graph(numbers=True, pool_id=fresh)
    first = comfyui.run(prompt).told()
    ALL_THE_SAME[change](store, fresh, tmp_path)
    second = comfyui.run(prompt)
    assert "pool" not in second.cached
    assert second.told() != first


def test_switching_the_profile_switches_the_result_and_back_needs_no_work(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    prompts = []
    for number in (1, 2):
        profile = store.profiles.create(f"{fresh} {number}")
        store.pools.add(profile.id, {"a.png": picture(tmp_path, "a.png", number)})
        prompts.append(graph(profile={"profile_id": profile.id}))
    first, second = (comfyui.run(prompt).told() for prompt in prompts)
    assert first != second
    assert comfyui.run(prompts[1]).cached >= {"pool", "probe"}
    assert comfyui.run(prompts[0]).told() == first


def test_a_change_of_one_slot_leaves_the_result_of_another_pool_node_alone(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    profile = store.profiles.create(fresh)
    fill(store, profile.id, tmp_path)
    prompt = graph(profile={"profile_id": profile.id}, slot="a.png")
    prompt["pool2"] = node("GridImagePool", index=-1, pool_id="", slot="b.png", profile=["profile", 0])
    prompt["probe2"] = probe("pool2")
    comfyui.run(prompt)
    overwrite("b.png")(store, profile.id, tmp_path)
    done = comfyui.run(prompt)
    assert done.cached >= {"profile", "pool", "probe"}
    assert not done.cached & {"pool2", "probe2"}


def test_prompts_in_the_queue_keep_the_slot_they_were_queued_with(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    fill(store, fresh, tmp_path)
    queued = []
    for name in ("a.png", "b.png", "c.png", "a.png"):
        store.pools.activate(fresh, name)
        queued.append(comfyui.queue(graph(numbers=True, pool_id=fresh, slot=name)))
    store.pools.activate(fresh, "c.png")
    assert [comfyui.result(prompt).told()["label"] for prompt in queued] == ["a", "b", "c", "a"]


def test_a_linked_index_is_followed(comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path) -> None:
    fill(store, fresh, tmp_path)

    def at(index: int) -> dict[str, Any]:
        prompt = graph(numbers=True, pool_id=fresh)
        prompt["number"] = node("PrimitiveInt", value=index)
        prompt["pool"]["inputs"]["index"] = ["number", 0]
        return prompt

    assert comfyui.run(at(1)).told()["label"] == "b"
    assert comfyui.run(at(2)).told()["label"] == "c"
    assert comfyui.run(at(2)).cached >= {"pool", "probe"}
    store.pools.label(fresh, "c.png", "new")
    assert comfyui.run(at(2)).told()["label"] == "new"


def test_a_pool_that_empties_fails_and_one_that_fills_works_again(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    prompt = graph(pool_id=fresh)
    assert "There is no image" in str(comfyui.run(prompt).error)
    fill(store, fresh, tmp_path)
    first = comfyui.run(prompt).told()
    store.pools.remove(fresh, ["a.png", "b.png", "c.png"])
    assert "There is no image" in str(comfyui.run(prompt).error)
    store.pools.restore(fresh, ["a.png", "b.png", "c.png"])
    assert comfyui.run(prompt).told() == first


def prepared(store: Store, fresh: str, folder: Path, kind: str) -> tuple[str, dict[str, Any]]:
    """Give a filled pool and a prompt that takes its active image."""
    if kind == "own pool":
        fill(store, fresh, folder)
        return fresh, graph(pool_id=fresh)
    profile = store.profiles.create(fresh)
    fill(store, profile.id, folder)
    prompt = graph(profile={"profile_id": profile.id})
    if kind == BEHIND:
        prompt["between"] = node("TestPassProfile", profile=["profile", 0])
        prompt["pool"]["inputs"]["profile"] = ["between", 0]
    return profile.id, prompt
