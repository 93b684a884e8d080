"""In what order thumbnails are made, and which are not."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from PIL import Image

from comfyui_tidepool.failure import Failure
from comfyui_tidepool.pictures import small
from comfyui_tidepool.thumbnails import Thumbnails


def test_the_newest_come_first_and_those_nobody_wants_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    begun, go = threading.Event(), threading.Event()
    made: list[str] = []

    def watched(file: Path, size: int) -> Image.Image:
        made.append(file.stem)
        begun.set()
        assert go.wait(60)
        return small(file, size)

    monkeypatch.setattr("comfyui_tidepool.thumbnails.small", watched)

    async def ask() -> list[object]:
        thumbnails = Thumbnails()
        unwanted = {"old"}

        def of(name: str) -> asyncio.Task[object]:
            file = tmp_path / f"{name}.png"
            Image.new("RGB", (4, 4)).save(file)
            return asyncio.ensure_future(thumbnails.of(file, 128, lambda: name not in unwanted))

        tasks = [of("first")]
        await asyncio.to_thread(begun.wait, 60)
        for name in ("second", "old", "third"):
            tasks.append(of(name))
            await asyncio.sleep(0)
        go.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        unwanted.clear()
        results.append(await of("old"))
        thumbnails.close()
        return results

    first, second, old, third, again = asyncio.run(ask())
    assert made == ["first", "third", "second", "old"]
    assert isinstance(old, Failure)
    assert not any(isinstance(result, Exception) for result in (first, second, third, again))
