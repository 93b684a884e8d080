#!/usr/bin/env python3
"""Makes a cache of uv's out of another one, which is only read: mirror.py OTHER OWN USER.

The packages are mounted into it already; the user gets the rest, to which uv writes.
"""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from pathlib import Path


def main() -> None:
    """Copy what is small."""
    other, own, owner = Path(sys.argv[1]), Path(sys.argv[2]), pwd.getpwnam(sys.argv[3]).pw_uid
    packages = [store.name for store in other.glob("archive-v*")]
    shutil.copytree(other, own, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*packages, ".lock"))
    for folder, folders, files in os.walk(own):
        for name in ("", *files):
            os.lchown(Path(folder, name), owner, -1)
        folders[:] = [] if Path(folder).name in packages else folders


if __name__ == "__main__":
    main()
