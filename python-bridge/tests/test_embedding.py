"""What the JVM must not change in the process that it lives in. Runs on every pair of Python and Java."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from children import output, run, start

pytestmark = pytest.mark.matrix

CORE = "import sys, tidepool_bridge\ncore = tidepool_bridge.core()\n"


def test_core_answers() -> None:
    assert output(CORE + "print(core.ping(2**62), core.ping(-1))") == f"{2**62} -1"


def test_profile_with_any_name_survives_the_way_to_java_and_back(tmp_path: Path) -> None:
    code = """
        import sys, tidepool_bridge
        profiles = tidepool_bridge.core().store(sys.argv[1]).profiles
        made = profiles.create("Pörträts 🐚 \\u0416")
        assert profiles.list() == [made], profiles.list()
        assert profiles.find("PÖRTRÄTS 🐚 ж") == made
        print(ascii(made.name))
    """
    folder = tmp_path / "Bäse 🐚"
    assert output(code, str(folder), env={"LC_ALL": "C"}) == ascii("Pörträts 🐚 Ж")
    assert (folder / "profiles.json").is_file()


def test_error_says_all_but_a_java_class(tmp_path: Path) -> None:
    code = """
        import sys, tidepool_bridge
        core = tidepool_bridge.core()
        for attempt in (
            lambda: core.store(sys.argv[1]).profiles.find("nobody"),
            lambda: core.store(sys.argv[1]).pools.get("../x"),
            lambda: core.request("no.such"),
            lambda: core.request("profile.list"),
            lambda: core.request("profile.list", base=7),
            lambda: core.request("profile.list", base="\\0"),
            lambda: core.request("profile.list", base="\\udcff"),
        ):
            try:
                attempt()
            except tidepool_bridge.TidepoolError as error:
                print(error.code, error.status, ascii(str(error)))
    """
    said = output(code, str(tmp_path))
    lines = said.splitlines()
    assert [line.split()[:2] for line in lines[:4]] == [
        ["profile-not-found", "404"],
        ["id-invalid", "400"],
        ["operation-unknown", "400"],
        ["argument-invalid", "400"],
    ]
    for giveaway in ("java.", "dev.tidepool", "Exception", "jep."):
        assert giveaway not in said


STATE = """
    import locale, signal, sys
    def state():
        names = ("argv", "orig_argv", "path", "executable", "prefix", "base_prefix", "exec_prefix",
                 "warnoptions", "_xoptions", "meta_path", "path_hooks", "dont_write_bytecode", "stdout", "excepthook")
        values = {name: repr(getattr(sys, name)) for name in names}
        identities = {name: id(getattr(sys, name)) for name in names}
        handlers = {s: repr(signal.getsignal(s)) for s in signal.valid_signals()}
        return (values, identities, handlers, tuple(sys.flags), sys.get_int_max_str_digits(),
                locale.setlocale(locale.LC_ALL), locale.localeconv())
    sys.path.append("/somewhere/else")
    sys.argv.append("--more")
    sys.set_int_max_str_digits(5000)
    before = state()
    import tidepool_bridge, warnings
    filters = list(warnings.filters)
    tidepool_bridge.core().ping()
    after = state()
    for one, other in zip(before, after):
        assert one == other, (one, other)
    assert filters == warnings.filters
    assert "jep" not in sys.modules
    print("same")
"""


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-O", "-B", "-W", "error"),
        ("-I", "-X", "dev"),
        ("-E", "-s", "-b", "-X", "utf8", "-X", "tidepool=1"),
    ],
    ids=" ".join,
)
def test_interpreter_is_as_before(options: tuple[str, ...]) -> None:
    assert output(STATE, "--listen", "x y", options=options, env={"LC_ALL": "C.UTF-8"}) == "same"


def test_interrupt_still_raises_keyboard_interrupt() -> None:
    child = start(
        CORE
        + """
import time
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("interrupted", core.ping(3))
    sys.exit(7)
"""
    )
    child.send_signal(signal.SIGINT)
    assert child.communicate(timeout=30) == ("interrupted 3\n", "")
    assert child.returncode == 7


def test_termination_ends_the_process() -> None:
    child = start(CORE + "import time\nprint('ready', flush=True)\ntime.sleep(60)")
    child.send_signal(signal.SIGTERM)
    assert child.communicate(timeout=30) == ("", "")
    assert child.returncode == -signal.SIGTERM


@pytest.mark.parametrize(
    ("end", "code"),
    [("pass", 0), ("sys.exit(5)", 5), ("raise ValueError", 1), ("import os; os._exit(9)", 9)],
)
def test_exit_code_survives(end: str, code: int) -> None:
    assert run(CORE + "print(core.ping(1))\n" + end).returncode == code


def test_exit_is_clean_while_threads_are_inside_java(tmp_path: Path) -> None:
    code = """
        import sys, threading, tidepool_bridge
        core = tidepool_bridge.core()
        started = threading.Barrier(9)
        def work():
            core.ping()
            started.wait()
            while True:
                core.request("profile.list", base=sys.argv[1])
        for _ in range(8):
            threading.Thread(target=work, daemon=True).start()
        started.wait()
        sys.exit(6)
    """
    for _ in range(5):
        done = run(code, str(tmp_path))
        assert (done.returncode, done.stderr) == (6, "")


def test_subprocesses_work() -> None:
    code = """
        import subprocess
        print(subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout.strip())
        print(subprocess.run("exit 3", shell=True).returncode, core.ping(1))
    """
    assert output(CORE + "\n".join(line[8:] for line in code.splitlines())) == "42\n3 1"


def test_multiprocessing_spawn_and_fork_work(tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text(
        """
import multiprocessing, os, tidepool_bridge

def own(_):
    return tidepool_bridge.core().ping(os.getpid()) == os.getpid()

def refused(_):
    try:
        tidepool_bridge.core()
    except tidepool_bridge.BridgeUnavailable as error:
        return error.code

if __name__ == "__main__":
    core = tidepool_bridge.core()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        print(pool.map(own, range(4)))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(refused, range(4)))
    print(core.ping(8))
"""
    )
    said = output("import runpy, sys\nrunpy.run_path(sys.argv[1], run_name='__main__')", str(script))
    assert said == f"{[True] * 4}\n{['bridge-unavailable'] * 4}\n8"


FORK = """
    import os, sys, threading, tidepool_bridge, warnings
    warnings.simplefilter("ignore", DeprecationWarning)
    core = tidepool_bridge.core()
    core.ping()
    def fork():
        child = os.fork()
        if child:
            print("child", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), core.ping(4), flush=True)
            return
        refused = 0
        for attempt in (tidepool_bridge.core, core.ping, lambda: core.request("profile.list", base="/")):
            try:
                attempt()
            except tidepool_bridge.BridgeUnavailable as error:
                refused += "forked" in error.message
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
        sys.exit(10 + refused)
"""


def test_forked_child_cannot_enter_java_and_goes_on() -> None:
    assert output(FORK + "    fork()") == "child 13 4"


def test_fork_from_another_thread_works_too() -> None:
    code = FORK + "    thread = threading.Thread(target=fork)\n    thread.start()\n    thread.join()"
    # In the child the forking thread becomes the only one, so its SystemExit ends just the thread.
    assert output(code).splitlines()[-1] == "child 0 4"


def test_child_forked_before_the_start_has_a_core_of_its_own() -> None:
    code = """
        import os, tidepool_bridge
        child = os.fork()
        core = tidepool_bridge.core()
        assert core.ping(3) == 3
        if child:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    assert output(code) == "0"


def test_racing_threads_get_the_same_core() -> None:
    code = """
        import threading, tidepool_bridge
        barrier = threading.Barrier(8)
        found = []
        def race():
            barrier.wait()
            core = tidepool_bridge.core()
            found.append((id(core), core.ping(5)))
        threads = [threading.Thread(target=race) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print(len(found), len(set(found)))
    """
    assert output(code) == "8 1"


def test_start_works_from_a_thread_that_ends_and_beside_ones_that_compute() -> None:
    code = """
        import threading, tidepool_bridge
        stop = False
        def compute():
            while not stop:
                sum(range(1000))
        busy = [threading.Thread(target=compute) for _ in range(3)]
        [thread.start() for thread in busy]
        starter = threading.Thread(target=tidepool_bridge.core)
        starter.start()
        starter.join()
        print(tidepool_bridge.core().ping(9))
        stop = True
    """
    assert output(code) == "9"


def test_log_lines_of_java_arrive_in_logging(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "profiles.json").write_text("{broken")
    code = """
        import logging, sys, tidepool_bridge
        class Print(logging.Handler):
            def emit(self, record):
                print(record.levelname, record.name, record.getMessage())
        logging.getLogger().addHandler(Print())
        assert tidepool_bridge.core().store(sys.argv[1]).profiles.list() == []
    """
    lines = output(code, str(base)).splitlines()
    assert lines
    assert all(line.split()[0] in ("INFO", "WARNING") and line.split()[1].startswith("tidepool.") for line in lines)


@pytest.mark.parametrize("change", ["enable", "disable"])
def test_java_keeps_its_signals_when_faulthandler_changes_later(change: str, tmp_path: Path) -> None:
    code = """
        import faulthandler, sys, threading, tidepool_bridge
        core = tidepool_bridge.core()
        getattr(faulthandler, sys.argv[2])()
        def work():
            for _ in range(3000):
                core.request("profile.list", base=sys.argv[1])
        threads = [threading.Thread(target=work) for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print("alive")
    """
    assert output(code, str(tmp_path), change) == "alive"


def test_daemon_threads_do_not_keep_the_process() -> None:
    code = "import threading\nthreading.Thread(target=core.ping, daemon=True).start()\nprint('end')"
    assert output(CORE + code) == "end"


def test_this_suite_runs_on_the_python_it_says() -> None:
    assert sys.version_info >= (3, 11)
