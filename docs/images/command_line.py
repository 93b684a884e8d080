#!/usr/bin/env python3
"""Draw command-line.svg, beside this file, from a real session of ./tidepool. Takes no arguments."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import zlib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINE = 21
LEFT = 24
TOP = 62
COLUMNS = 92
COMMANDS = (
    "tidepool profile create Sea",
    "tidepool pool add Sea wave.png dune.png shell.png notes.txt",
    "tidepool pool activate Sea dune.png",
    "tidepool pool list Sea",
    "tidepool profile export Sea sea.zip",
    "tidepool profile import sea.zip",
    "tidepool profile list",
)


def png(width: int, height: int, shade: int) -> bytes:
    """A gradient as a PNG image (https://www.w3.org/TR/png-3/)."""
    rows = b"".join(
        b"\0" + bytes(v for x in range(width) for v in (x * 255 // width, y * 255 // height, shade))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def session() -> list[tuple[str, str]]:
    """The lines of the session, each with its kind: command or output."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, size, shade in (("wave", (1536, 1024), 230), ("dune", (1024, 1024), 40), ("shell", (768, 512), 130)):
            (place / f"{name}.png").write_bytes(png(*size, shade))
        (place / "notes.txt").write_text("no image")
        environment = {**os.environ, "TIDEPOOL_BASE": str(place / "grid_pool"), "PATH": f"{ROOT}:{os.environ['PATH']}"}
        subprocess.run(["tidepool", "profile", "list"], env=environment, cwd=place, capture_output=True, check=True)
        lines: list[tuple[str, str]] = []
        for command in COMMANDS:
            lines.append(("command", command))
            ran = subprocess.run(
                command.split(),
                env=environment,
                cwd=place,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            shown = ran.stdout.replace(str(place), "~")
            lines += [("output", line[:COLUMNS]) for line in shown.splitlines()]
        return lines


def drawn(lines: list[tuple[str, str]]) -> str:
    """The session as a picture of a terminal."""
    height = TOP + LINE * len(lines) + 14
    width = LEFT * 2 + round(COLUMNS * 8.45)
    rows = []
    for number, (kind, text) in enumerate(lines):
        y = TOP + LINE * number
        prompt = '<tspan fill="#7dd3fc">$ </tspan>' if kind == "command" else ""
        colour = "#f8fafc" if kind == "command" else "#fca5a5" if text.startswith("error") else "#a8b6c8"
        rows.append(f'<text x="{LEFT}" y="{y}" fill="{colour}" xml:space="preserve">{prompt}{escape(text)}</text>')
    colours = ("#f87171", "#fbbf24", "#34d399")
    dots = "".join(f'<circle cx="{26 + 20 * i}" cy="22" r="6" fill="{c}"/>' for i, c in enumerate(colours))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">'
        f'<rect width="100%" height="100%" rx="10" fill="#0f1b2d"/>{dots}' + "".join(rows) + "</svg>\n"
    )


if __name__ == "__main__":
    (ROOT / "docs" / "images" / "command-line.svg").write_text(drawn(session()), encoding="utf-8")
