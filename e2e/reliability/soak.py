#!/usr/bin/env python3
"""Uses the nodes for a long time, in every way and at random, and watches the memory of server and page.

    e2e/reliability/soak.py --comfyui DIR --python EXE --pack DIR [--minutes N] [--every SECONDS] [--seed N]
        [--lock FILE]

Every minute (--every) the resident memory of the server, the page's heap after a collection of garbage, and the number
of its DOM nodes and listeners are written down. A line is fitted over the second half of --minutes (30 unless told);
the run fails when it rises by more than the limits in SoakRun.java, when an action does not have its effect, or when
the console or the server's log holds an error that nobody expected. The same seed does the same things in the same
order.
"""

from __future__ import annotations

import sys

import browser_run


def main() -> int:
    """Run the soak, and print its figures."""
    parser = browser_run.parser(__doc__ or "")
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--every", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    output = browser_run.ROOT / "e2e" / "target" / "soak.txt"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("", encoding="utf-8")
    properties = {
        "tidepool.soak.minutes": options.minutes,
        "tidepool.soak.every": options.every,
        "tidepool.soak.seed": options.seed,
        "tidepool.bench.output": output,
    }
    code = browser_run.run(options, "SoakRun", properties)
    print(output.read_text(encoding="utf-8"), end="")
    return code


if __name__ == "__main__":
    sys.exit(main())
