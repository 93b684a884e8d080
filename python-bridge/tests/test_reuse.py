"""A JVM that another package started in this process is used, not fought."""

from __future__ import annotations

from children import output

OTHERS = """
    import sys
    from tidepool_bridge import _find, _jni
    import ctypes
    runtime = _find.find_runtime()
    options = ["-Xrs", "-XX:+UseSerialGC", "-Xmx64m", "-Dothers=yes"]
    options += ["--enable-native-access=ALL-UNNAMED"] if runtime.version >= 22 else []
    machine = _jni.create(ctypes.CDLL(str(runtime.library)), options)
    import tidepool_bridge
"""


def test_running_jvm_is_joined(tmp_path: object) -> None:
    code = (
        OTHERS
        + """
    core = tidepool_bridge.core()
    print(core.ping(6), core.store(sys.argv[1]).profiles.create("Ä").name)
    """
    )
    assert output(code, str(tmp_path)) == "6 Ä"


def test_fork_after_another_package_started_java_is_noticed() -> None:
    code = (
        OTHERS
        + """
    import os, warnings
    warnings.simplefilter("ignore", DeprecationWarning)
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), tidepool_bridge.core().ping(2))
    else:
        try:
            tidepool_bridge.core()
        except tidepool_bridge.BridgeUnavailable as error:
            os._exit(11 if "forked" in error.message else 12)
        os._exit(13)
    """
    )
    assert output(code) == "11 2"
