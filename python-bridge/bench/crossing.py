"""Measures what the bridge costs, next to the same core behind HTTP on this machine.

    python bench/crossing.py

Prints the price of a call against a call over loopback HTTP to the JDK's own HttpServer (a JVM of its own,
connection kept alive; of both the best of 15 rounds, which other load disturbs least), how long the core takes to be
ready (median of fresh processes, the first one not counted), and how much memory it adds. Exits with 1 when a goal is
missed.
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tidepool_bridge
from tidepool_bridge._find import find_runtime

SERVER = """
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class Echo {
  public static void main(String[] arguments) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      byte[] answer = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
    System.out.println(server.getAddress().getPort());
  }
}
"""
STARTUP = """
import os, time
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
import tidepool_bridge
before = resident()
start = time.perf_counter()
core = tidepool_bridge.core()
core.ping()
ready = time.perf_counter() - start
core.request("profile.list", base="/nonexistent")
print(ready, resident() - before)
"""
ROUNDS = 15
PROCESSES = 6


def main() -> int:
    """Measure, print, judge."""
    core = tidepool_bridge.core()
    ping = per_call(core.ping, 50_000)
    with tempfile.TemporaryDirectory() as folder:
        base = str(Path(folder) / "base")
        listing = per_call(lambda value: core.request("profile.list", base=base), 2000)  # noqa: ARG005
    with server() as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)

        def request(value: int) -> int:
            connection.request("POST", "/", str(value))
            return int(connection.getresponse().read())

        over_http = per_call(request, 1000)
        connection.close()
    ready, grown = startup()
    print(f"a call                   {ping * 1e9:10.0f} ns   goal < 1000")
    print(f"the same over HTTP       {over_http * 1e9:10.0f} ns")
    print(f"ratio                    {over_http / ping:10.0f}      goal >= 100")
    print(f"profile.list, no folder  {listing * 1e9:10.0f} ns")
    print(f"core ready               {ready:10.3f} s    goal <= 0.3")
    print(f"memory added             {grown:10.1f} MB   goal <= 60")
    met = ping < 1e-6 and over_http / ping >= 100 and ready <= 0.3 and grown <= 60
    return 0 if met else 1


def per_call(call: Callable[[int], object], count: int) -> float:
    """Give the seconds that one call takes, in the best round."""
    for value in range(count):
        call(value)
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for value in range(count):
            call(value)
        rounds.append((time.perf_counter() - start) / count)
    return min(rounds)


def startup() -> tuple[float, float]:
    """Give the seconds until the core is ready and the megabytes it adds, in fresh processes."""
    measured = []
    for _ in range(PROCESSES):
        done = subprocess.run([sys.executable, "-c", STARTUP], capture_output=True, text=True, check=True)
        ready, grown = done.stdout.split()
        measured.append((float(ready), float(grown)))
    ready_times, sizes = zip(*measured[1:], strict=True)
    return statistics.median(ready_times), statistics.median(sizes)


@contextmanager
def server() -> Iterator[int]:
    """Run the HTTP server with the Java that the bridge uses, which must be a JDK; gives the port."""
    java = find_runtime().home / "bin" / "java"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "Echo.java"
        source.write_text(SERVER)
        command = [str(java), "-XX:+UseSerialGC", str(source)]
        environment = {name: value for name, value in os.environ.items() if name != "JAVA_TOOL_OPTIONS"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


if __name__ == "__main__":
    sys.exit(main())
