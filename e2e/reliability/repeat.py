#!/usr/bin/env python3
"""Runs the tests of live switching many times in a row, and prints what came of it.

    e2e/reliability/repeat.py --comfyui DIR --python EXE --pack DIR [--times N] [--slice N] [--test CLASS] [--lock FILE]

A repetition is the whole class in one render mode; --times (200 unless told) counts those of both modes together.
--slice runs so many on one server, then starts another; all on one unless told. Ends with 1 when a test failed: then
its folder is below e2e/target/failures. `tidepool up --no-start --json` prints the first two options.
"""

from __future__ import annotations

import statistics
import sys

import browser_run

MODES = 2


def main() -> int:
    """Repeat, and print the figures."""
    parser = browser_run.parser(__doc__ or "")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--slice", type=int)
    parser.add_argument("--test", default="LiveSwitchTest")
    options = parser.parse_args()
    per_server = options.slice or options.times
    seconds: list[float] = []
    failures: list[str] = []
    repetitions = 0
    while repetitions < options.times:
        wanted = min(per_server, options.times - repetitions)
        code = browser_run.run(options, options.test, {"tidepool.repeat": -(-wanted // MODES)})
        cases = browser_run.cases()
        if not cases:
            print(f"error: Maven ended with {code} before a test ran", file=sys.stderr)
            return 1
        # The first test waits for the server and the browser to start.
        seconds += [float(case.get("time", "0")) for case in cases[1:]]
        failures += [str(case.get("name")) for case in cases if browser_run.failed(case)]
        repetitions += -(-wanted // MODES) * MODES
        figures = f"{repetitions} repetitions, {len(seconds)} tests timed, {len(failures)} failures"
        times = f"a test: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"
        print(f"{options.test}: {figures}; {times}", flush=True)
    for name in failures:
        print(f"FAILED: {name}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
