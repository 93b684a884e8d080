"""Keeps this interpreter as it was while Jep adopts it.

Adopting makes CPython "reconfigure": it computes its settings anew from a command line and overwrites parts of
``sys`` with them. ``command_line`` gives it one that leads to the same settings (``sys.flags`` is changed in
place, so it cannot be put back from Python); ``Settings`` puts back the rest. Starting a JVM also calls C's
``setlocale(LC_ALL, "")``, which could turn the decimal point of every C library in the process into a comma.
"""

from __future__ import annotations

import locale
import subprocess
import sys

__all__ = ["Settings", "command_line", "set_locale", "the_locale"]

# What CPython's _PySys_UpdateConfig (Python/sysmodule.c) writes, from 3.11 to 3.13.
_REPLACED = (
    "_base_executable",
    "_stdlib_dir",
    "_xoptions",
    "argv",
    "base_exec_prefix",
    "base_prefix",
    "dont_write_bytecode",
    "exec_prefix",
    "executable",
    "orig_argv",
    "path",
    "platlibdir",
    "prefix",
    "pycache_prefix",
    "warnoptions",
)


def command_line() -> list[str]:
    """Give a command line under which Python would have the settings that it has now."""
    # Private, but what multiprocessing itself uses to start equal children.
    options: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    if sys.flags.inspect:
        options.append("-i")
    return [sys.executable, *options, "-c", ""]


class Settings:
    """What reconfiguring replaces, as it was at one moment."""

    def __init__(self) -> None:
        self._attributes = {name: getattr(sys, name) for name in _REPLACED if hasattr(sys, name)}
        self._digits = sys.get_int_max_str_digits()

    def restore(self) -> None:
        """Put everything back: the very same objects, so that lists keep what was added to them meanwhile."""
        for name, value in self._attributes.items():
            setattr(sys, name, value)
        sys.set_int_max_str_digits(self._digits)


def the_locale() -> str:
    """Give C's locale, all categories."""
    return locale.setlocale(locale.LC_ALL)


def set_locale(name: str) -> None:
    """Set C's locale to what ``the_locale`` gave."""
    locale.setlocale(locale.LC_ALL, name)
