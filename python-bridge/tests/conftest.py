"""Lets tests import the helper beside them and the scripts above them."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

# What is started in the background of a shell ignores Ctrl-C, and so would every child.
signal.signal(signal.SIGINT, signal.default_int_handler)
