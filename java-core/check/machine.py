"""A machine of its own: a container with a user, a home, a network and a name that no other one has."""

from __future__ import annotations

import ipaddress
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIDEPOOL = ["tidepool", "pom.xml", "java-core/target/tidepool.jar", "java-core/check"]
MIRROR = "/mirror"
DOWNLOADS = "/downloads"
AUTHORITIES = "/authorities"
JAVA = Path("/usr/lib/jvm/java")
# It ends by itself when nobody is left to end it.
SECONDS = "1800"


class Machine:
    """What runs in the container, as its user, and goes into it and out of it."""

    def __init__(self, container: str, user: str, home: str) -> None:
        self.container = container
        self.user = user
        self.home = home

    def run(self, *command: str) -> None:
        """Runs a command as the user, at home; it has to end well."""
        variables = {"HOME": self.home, "USER": self.user, "LC_ALL": "C.UTF-8"} | network()
        variables |= {"UV_CACHE_DIR": DOWNLOADS, "UV_LINK_MODE": "symlink"}
        told = [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]
        place = ["-u", self.user, "-w", self.home]
        done = subprocess.run(["docker", "exec", *place, *told, self.container, *command])
        if done.returncode != 0:
            raise SystemExit(f"error: on the machine of {self.user}, {command[1]} ended with {done.returncode}")

    def put(self, source: Path, target: str) -> None:
        """Copies a file or a folder of this machine into it."""
        docker("cp", str(source), f"{self.container}:{target}")
        docker("exec", self.container, "chown", "-R", self.user, target)

    def get(self, source: str, target: Path) -> None:
        """Copies a file out of it."""
        docker("cp", f"{self.container}:{source}", str(target))


@contextmanager
def machine(image: str, java: Path, downloads: Path, user: str, home: str) -> Iterator[Machine]:
    """A machine with Tidepool and a Java; Python packages that this one has downloaded are read, not fetched again."""
    java = java.resolve()
    mounts = [f"{java}:{JAVA}:ro", *linked(java), *mirrored(downloads)]
    if "SSL_CERT_FILE" in os.environ:
        mounts.append(f"{os.environ['SSL_CERT_FILE']}:{AUTHORITIES}:ro")
    options = [word for mount in mounts for word in ("-v", mount)]
    name = ["--hostname", f"machine-of-{user}"]
    container = docker("run", "-d", "--init", *name, *options, "--entrypoint", "sleep", image, SECONDS)
    try:
        docker("exec", container, "mkdir", "-p", "/opt/tidepool/java-core/target", str(Path(home).parent))
        for part in TIDEPOOL:
            docker("cp", str(ROOT / part), f"{container}:/opt/tidepool/{part}")
        docker("exec", container, "useradd", "--create-home", "--home-dir", home, user)
        docker("exec", container, "python3", "/opt/tidepool/java-core/check/mirror.py", MIRROR, DOWNLOADS, user)
        yield Machine(container, user, home)
    finally:
        docker("rm", "-f", container)


def linked(java: Path) -> list[str]:
    """Where files of a Java that are links lead outside of it: Debian's has its settings and certificates in /etc."""
    links = [file for file in java.rglob("*") if file.is_symlink() and file.is_file()]
    outside = [link for link in links if not link.resolve().is_relative_to(java)]
    named = {link: os.path.normpath(JAVA / link.relative_to(java).parent / link.readlink()) for link in outside}
    return sorted({f"{link.resolve()}:{place}:ro" for link, place in named.items()})


def mirrored(downloads: Path) -> list[str]:
    """What a cache of uv's needs to have what this machine's has: the packages, many and large, are only read."""
    packages = [package for store in downloads.glob("archive-v*") for package in store.iterdir() if package.is_dir()]
    places = [f"{package}:{DOWNLOADS}/{package.relative_to(downloads)}:ro" for package in packages]
    return [f"{downloads}:{MIRROR}:ro", *places]


def gateway() -> str:
    """The address at which containers reach this machine."""
    subnet, _, told = docker(
        "network", "inspect", "bridge", "--format", "{{with index .IPAM.Config 0}}{{.Subnet}} {{.Gateway}}{{end}}"
    ).partition(" ")
    # An engine that does not tell it took the first address.
    return told if told and told[0].isdigit() else str(ipaddress.ip_network(subnet)[1])


def network() -> dict[str, str]:
    """How this machine reaches package indexes."""
    known = re.compile(r"(?i)(UV|PIP)_.*INDEX.*|(https?|no|all)_proxy")
    variables = {name: value for name, value in os.environ.items() if known.fullmatch(name)}
    trusted = {"SSL_CERT_FILE": AUTHORITIES, "PIP_CERT": AUTHORITIES}
    return variables | (trusted if "SSL_CERT_FILE" in os.environ else {})


def docker(*words: str) -> str:
    """What Docker's command says, which has to end well."""
    done = subprocess.run(["docker", *words], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"error: docker {' '.join(words)} ended with {done.returncode}")
    return done.stdout.strip()
