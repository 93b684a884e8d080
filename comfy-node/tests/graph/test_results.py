"""What the nodes give, in a real ComfyUI."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphs import graph, node, probe
from PIL import Image
from tidepool_bridge import Store

from comfyui import ComfyUI
from pictures_of import encoded


def images(folder: Path) -> dict[str, Path]:
    """Images of every kind that Load Image reads, of noise."""
    noise = Image.effect_noise((60, 40), 80).convert("RGB")
    noise.putpixel((3, 4), (1, 200, 90))
    alpha = noise.copy()
    alpha.putalpha(Image.effect_noise((60, 40), 120))
    exif = Image.Exif()
    exif[0x0112] = 6
    kinds = {
        "plain.png": encoded(noise),
        "alpha.png": encoded(alpha),
        "photo.jpg": encoded(noise, "JPEG", quality=90),
        "turned.jpg": encoded(noise, "JPEG", exif=exif),
        "grey.png": encoded(noise.convert("L")),
        "palette.png": encoded(noise.quantize(16)),
        "deep.png": encoded(Image.new("I;16", (60, 40), 12345)),
        "still.webp": encoded(alpha, "WEBP", lossless=True),
        "moving.gif": encoded(noise, "GIF", save_all=True, append_images=[noise.rotate(180)]),
        "moving.webp": encoded(noise, "WEBP", save_all=True, append_images=[noise.rotate(180)]),
    }
    for name, data in kinds.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in kinds}


def test_tensors_equal_those_of_load_image(comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path) -> None:
    files = images(tmp_path)
    store.pools.add(fresh, files)
    for name in files:
        both = graph(pool_id=fresh, slot=name)
        both["load"] = node("LoadImage", image=f"grid_pool/{fresh}/{name}")
        both["other"] = probe("load")
        done = comfyui.run(both)
        assert done.told("probe") == done.told("other"), name
    assert done.told("probe")["image"]["type"] == "float32"


def test_an_image_that_load_image_fails_on_is_read_all_the_same(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    (tmp_path / "narrow.png").write_bytes(encoded(Image.new("L", (6, 4), 51)))
    store.pools.add(fresh, {"narrow.png": tmp_path / "narrow.png"})
    told = comfyui.run(graph(pool_id=fresh)).told()
    assert told["image"]["shape"] == [1, 4, 6, 3]
    assert told["image"]["extremes"] == pytest.approx([0.2, 0.2])
    assert told["mask"]["shape"] == [1, 64, 64]


def test_a_damaged_image_is_named(comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path) -> None:
    whole = images(tmp_path)["plain.png"].read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[:33])
    store.pools.add(fresh, {"cut.png": tmp_path / "cut.png"})
    error = str(comfyui.run(graph(pool_id=fresh)).error)
    assert error.startswith('The image "cut.png" cannot be read')


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "I;16", "1"])
def test_a_mask_beside_the_image_goes_before_its_alpha(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path, mode: str
) -> None:
    pixels: dict[str, int | tuple[int, ...]] = {
        "RGBA": (9, 9, 9, 51),
        "LA": (9, 51),
        "P": 1,
        "L": 204,
        "I;16": 204 * 257,
        "1": 1,
    }
    mask = Image.new(mode, (60, 40), pixels[mode])
    options: dict[str, Any] = {}
    if mode == "P":
        mask.putpalette([0, 0, 0, 9, 9, 9])
        options["transparency"] = b"\xff\x33"
    (tmp_path / "mask.png").write_bytes(encoded(mask, **options))
    store.pools.add(fresh, {"a.png": images(tmp_path)["alpha.png"]})
    bare = comfyui.run(graph(pool_id=fresh)).told()
    store.pools.attach_mask(fresh, "a.png", tmp_path / "mask.png")
    told = comfyui.run(graph(pool_id=fresh)).told()
    assert told["image"] == bare["image"]
    assert told["mask"] != bare["mask"]
    assert told["mask"]["shape"] == [1, 40, 60]
    expected = 1.0 if mode == "1" else 0.8
    assert told["mask"]["extremes"] == pytest.approx([expected, expected], abs=1e-6)
    store.pools.remove_mask(fresh, "a.png")
    assert comfyui.run(graph(pool_id=fresh)).told() == bare


def test_a_mask_equals_what_load_image_makes_of_the_mask_editor_s_file(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    files = images(tmp_path)
    store.pools.add(fresh, {"a.png": files["plain.png"]})
    store.pools.attach_mask(fresh, "a.png", files["alpha.png"])
    (comfyui.input / f"{fresh}.png").write_bytes(files["alpha.png"].read_bytes())
    both = graph(pool_id=fresh)
    both["load"] = node("LoadImage", image=f"{fresh}.png")
    both["other"] = probe("load")
    done = comfyui.run(both)
    assert done.told("probe")["mask"] == done.told("other")["mask"]


def test_a_mask_of_another_size_is_made_to_fit_every_frame(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path
) -> None:
    (tmp_path / "mask.png").write_bytes(encoded(Image.new("L", (7, 5), 255)))
    store.pools.add(fresh, {"moving.webp": images(tmp_path)["moving.webp"]})
    store.pools.attach_mask(fresh, "moving.webp", tmp_path / "mask.png")
    told = comfyui.run(graph(pool_id=fresh)).told()
    assert told["image"]["shape"] == [2, 40, 60, 3]
    assert told["mask"]["shape"] == [2, 40, 60]
    assert told["mask"]["extremes"] == pytest.approx([1.0, 1.0])


def three(store: Store, pool: str, folder: Path) -> None:
    """Three images of different widths, the second one active."""
    files = {}
    for number, name in enumerate(("a.png", "b.png", "c.png"), 1):
        (folder / name).write_bytes(encoded(Image.new("RGB", (number, 4))))
        files[name] = folder / name
    store.pools.add(pool, files)
    store.pools.activate(pool, "b.png")
    store.pools.label(pool, "c.png", "Ölbild 🐚")


@pytest.mark.parametrize(
    ("index", "slot", "number"),
    [(-1, "", 1), (-1, "c.png", 2), (0, "", 0), (2, "a.png", 2)],
)
def test_index_slot_and_the_active_image_choose(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path, index: int, slot: str, number: int
) -> None:
    three(store, fresh, tmp_path)
    told = comfyui.run(graph(numbers=True, pool_id=fresh, index=index, slot=slot)).told()
    assert told["image"]["shape"] == [1, 4, number + 1, 3]
    assert (told["index"], told["count"]) == (number, 3)
    assert told["label"] == ("a", "b", "Ölbild 🐚")[number]


def test_disabled_images_are_not_counted(comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path) -> None:
    three(store, fresh, tmp_path)
    store.pools.enable(fresh, ["a.png"], False)
    told = comfyui.run(graph(numbers=True, pool_id=fresh, index=0)).told()
    assert (told["image"]["shape"][2], told["index"], told["count"]) == (2, 0, 2)


def test_a_profile_goes_before_the_node_s_own_pool(comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path) -> None:
    three(store, fresh, tmp_path)
    profile = store.profiles.create(f"Profile {fresh}")
    store.pools.add(profile.id, {"c.png": tmp_path / "c.png"})
    for chosen in ({"profile_id": profile.id, "profile": "old name"}, {"profile": profile.name.upper()}):
        told = comfyui.run(graph(pool_id=fresh, profile=chosen)).told()
        assert told["image"]["shape"][2] == 3
    assert comfyui.run(graph(pool_id=fresh)).told()["image"]["shape"][2] == 2


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"pool_id": "empty"}, "There is no image in the pool empty.\nAdd one:"),
        ({"index": 3}, "There is no image at index 3 in the pool "),
        ({"slot": "gone.png"}, 'There is no image "gone.png" in the pool '),
        ({"pool_id": "../x"}, "Not a valid id"),
        ({"profile": {"profile": "Nobody"}}, 'There is no profile "Nobody".\nChoose another one'),
        ({"profile": {"profile_id": "gone", "profile": "Sea"}}, 'There is no profile "Sea".'),
    ],
)
def test_what_cannot_be_given_is_explained(
    comfyui: ComfyUI, store: Store, fresh: str, tmp_path: Path, inputs: dict[str, Any], message: str
) -> None:
    three(store, fresh, tmp_path)
    error = comfyui.run(graph(**{"pool_id": fresh, **inputs})).error
    assert error is not None
    assert message in error


def test_an_empty_profile_is_called_by_its_name(comfyui: ComfyUI, store: Store, fresh: str) -> None:
    profile = store.profiles.create(f"Profile {fresh}")
    error = comfyui.run(graph(profile={"profile_id": profile.id})).error
    assert error is not None
    assert error.startswith(f'There is no image in the profile "{profile.name}".\nAdd one: ')


def test_an_index_below_minus_one_is_refused_when_it_is_queued(comfyui: ComfyUI) -> None:
    status, answer = comfyui.post("/prompt", prompt=graph(index=-2))
    assert status == 400
    assert "smaller than min of -1" in str(answer)
