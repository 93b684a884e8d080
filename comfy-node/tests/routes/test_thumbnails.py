"""Thumbnails: right, made once, kept, and never in the way."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from comfyui_tidepool.pictures import small
from pictures_of import decoded, encoded, plain
from serving import Answer, Server

POOL = "/grid_pool/pools/p"


def thumbnail(server: Server, name: str, size: int = 128) -> Image.Image:
    answer = server.get(f"{POOL}/thumbnail", name=name, size=str(size))
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return decoded(answer.body)


def near(picture: Image.Image, at: tuple[int, int], colour: tuple[int, ...]) -> bool:
    pixel = picture.getpixel(at)
    assert isinstance(pixel, tuple)
    assert len(pixel) == len(colour)
    return all(abs(seen - wanted) <= 12 for seen, wanted in zip(pixel, colour, strict=True))


def kept(server: Server) -> list[Path]:
    return sorted((server.base / "p" / ".thumbs").glob("*.webp"))


@pytest.mark.parametrize("size", [128, 256, 512])
def test_it_fits_into_the_size_and_keeps_the_shape(server: Server, size: int) -> None:
    server.add("p", {"a.jpg": encoded(Image.new("RGB", (1200, 900), (200, 100, 50)), "JPEG")})
    picture = thumbnail(server, "a.jpg", size)
    assert picture.size == (size, size * 3 // 4)
    assert near(picture, (5, 5), (200, 100, 50))


def test_a_small_image_is_not_blown_up(server: Server) -> None:
    server.add("p", {"a.png": plain((1, 2, 3), (20, 10))})
    assert thumbnail(server, "a.png").size == (20, 10)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright(server: Server, orientation: int) -> None:
    upright = Image.new("RGB", (300, 200), (0, 0, 255))
    upright.paste((255, 0, 0), (0, 0, 150, 100))
    turned = {
        1: upright,
        2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: upright.transpose(Image.Transpose.ROTATE_180),
        4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: upright.transpose(Image.Transpose.TRANSPOSE),
        6: upright.transpose(Image.Transpose.ROTATE_90),
        7: upright.transpose(Image.Transpose.TRANSVERSE),
        8: upright.transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    server.add("p", {"a.jpg": encoded(turned, "JPEG", exif=exif), "a.png": encoded(turned, exif=exif)})
    for name in ("a.jpg", "a.png"):
        picture = thumbnail(server, name)
        assert picture.size == (128, 85)
        assert near(picture, (20, 20), (255, 0, 0))
        assert near(picture, (100, 20), (0, 0, 255))
        assert near(picture, (20, 70), (0, 0, 255))


def test_every_kind_of_image_shows_its_colour(server: Server) -> None:
    red = Image.new("RGB", (40, 30), (200, 40, 40))
    grey16 = Image.new("I;16", (40, 30), 200 * 257)
    palette = red.quantize(4)
    see_through = Image.new("RGBA", (40, 30), (200, 40, 40, 100))
    frames = [red, Image.new("RGB", (40, 30), (0, 255, 0))]
    images = {
        "a.png": encoded(red),
        "grey16.png": encoded(grey16),
        "palette.png": encoded(palette),
        "alpha.png": encoded(see_through),
        "hole.png": encoded(palette, transparency=0),
        "frames.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "frames.webp": encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True),
        "frames.png": encoded(frames[0], save_all=True, append_images=frames[1:]),
        "a.bmp": encoded(red, "BMP"),
        "a.tif": encoded(red, "TIFF"),
        "a.avif": encoded(red, "AVIF"),
        "bit.png": encoded(Image.new("1", (40, 30), 1)),
        "cmyk.jpg": encoded(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG"),
    }
    server.add("p", images)
    for name in ("a.png", "palette.png", "frames.gif", "frames.webp", "frames.png", "a.bmp", "a.tif", "a.avif"):
        assert near(thumbnail(server, name), (20, 15), (200, 40, 40)), name
    assert near(thumbnail(server, "grey16.png"), (20, 15), (200, 200, 200))
    assert near(thumbnail(server, "bit.png"), (20, 15), (255, 255, 255))
    assert near(thumbnail(server, "alpha.png"), (20, 15), (200, 40, 40, 100))
    assert thumbnail(server, "hole.png").mode == "RGBA"
    assert thumbnail(server, "cmyk.jpg").mode == "RGB"


def test_colours_are_those_of_the_picture_s_own_profile(server: Server) -> None:
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = standard.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    red = Image.new("RGB", (40, 30), (200, 40, 40))
    see_through = Image.new("RGBA", (40, 30), (200, 40, 40, 100))
    server.add(
        "p",
        {
            "swapped.png": encoded(red, icc_profile=swapped),
            "alpha.png": encoded(see_through, icc_profile=swapped),
            "junk.png": encoded(red, icc_profile=b"junk"),
        },
    )
    assert near(thumbnail(server, "swapped.png"), (20, 15), (40, 200, 40))
    assert near(thumbnail(server, "alpha.png"), (20, 15), (40, 200, 40, 100))
    assert near(thumbnail(server, "junk.png"), (20, 15), (200, 40, 40))


def test_it_is_made_once_and_kept_until_the_image_changes(server: Server) -> None:
    server.add("p", {"a.png": plain((200, 0, 0))})
    first = server.get(f"{POOL}/thumbnail", name="a.png", size="128")
    (file,) = kept(server)
    made = file.stat()
    again = server.get(f"{POOL}/thumbnail", name="a.png", size="128")
    assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert file.stat().st_mtime_ns == made.st_mtime_ns
    unchanged = server.get(f"{POOL}/thumbnail", {"If-None-Match": first.headers["ETag"]}, name="a.png", size="128")
    assert (unchanged.status, unchanged.body) == (304, b"")
    (server.base / "p" / "a.png").write_bytes(plain((0, 200, 0), (9, 9)))
    changed = server.get(f"{POOL}/thumbnail", name="a.png", size="128")
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert near(decoded(changed.body), (2, 2), (0, 200, 0))
    assert [file.name for file in (server.base / "p" / ".thumbs").glob(".new-*")] == []


def test_its_address_with_a_revision_may_be_kept_for_ever(server: Server) -> None:
    server.add("p", {"a.png": plain()})
    with_revision = server.get(f"{POOL}/thumbnail", name="a.png", size="128", rev="1")
    assert "immutable" in with_revision.headers["Cache-Control"]
    assert "no-cache" in server.get(f"{POOL}/thumbnail", name="a.png", size="128").headers["Cache-Control"]


def test_requests_at_the_same_time_share_the_work(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    begun, go = threading.Event(), threading.Event()
    real = small

    def slow(file: Path, size: int) -> Image.Image:
        made.append(file)
        begun.set()
        assert go.wait(60)
        return real(file, size)

    monkeypatch.setattr("comfyui_tidepool.thumbnails.small", slow)
    server.add("p", {"a.png": plain()})
    answers: list[Answer] = []

    def ask() -> None:
        answers.append(server.get(f"{POOL}/thumbnail", name="a.png", size="256"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    # Other routes answer meanwhile.
    assert server.get(POOL).status == 200
    go.set()
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert len(made) == 1


def test_a_damaged_image_is_an_error_that_explains(server: Server) -> None:
    noise = Image.effect_noise((400, 400), 90)
    whole = encoded(noise)
    server.add("p", {"cut.png": whole[: len(whole) // 2], "good.png": whole})
    answer = server.get(f"{POOL}/thumbnail", name="cut.png", size="128")
    assert (answer.status, answer.code) == (422, "image-unreadable")
    assert "cut.png" in answer.json["error"]["message"]
    assert thumbnail(server, "good.png").size == (128, 128)


@pytest.mark.parametrize("size", ["", "0", "129", "-128", "99999999", "x"])
def test_other_sizes_are_refused(server: Server, size: str) -> None:
    server.add("p", {"a.png": plain()})
    assert server.get(f"{POOL}/thumbnail", name="a.png", size=size).code == "request-invalid"


def test_where_nothing_can_be_kept_it_is_made_each_time(server: Server, tmp_path: Path) -> None:
    server.add("p", {"a.png": plain()})
    thumbs = server.base / "p" / ".thumbs"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    thumbs.rename(tmp_path / "old")
    thumbs.symlink_to(elsewhere)
    assert thumbnail(server, "a.png").size == (8, 6)
    assert [*elsewhere.iterdir()] == []


def test_a_large_jpeg_is_not_decoded_whole(server: Server) -> None:
    file = server.base.parent / "large.jpg"
    file.parent.mkdir(parents=True)
    Image.new("RGB", (6000, 4000), (9, 9, 9)).save(file, "JPEG")
    drafted: list[tuple[int, int]] = []
    real = Image.Image.copy

    def watched(image: Image.Image) -> Image.Image:
        drafted.append(image.size)
        return real(image)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image.Image, "copy", watched)
        assert small(file, 256).size == (256, 171)
    assert drafted[0] == (1500, 1000)
