"""PyTorch's index and PyPI on this machine, with a few empty packages: what uv asks for when others import."""

from __future__ import annotations

import io
import socket
import ssl
import subprocess
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from services import Serving

HOSTS = ["download.pytorch.org", "pypi.org", "files.pythonhosted.org"]
PACKAGES = {
    "torch": "2.9.0+cpu",
    "torchvision": "0.24.0+cpu",
    "torchaudio": "2.9.0+cpu",
    "uv": "0.13.9",
    "requests": "2.32.0",
    "pip": "25.0",
    "setuptools": "80.0.0",
    "wheel": "0.45.0",
}


class Indexes(Serving):
    """An HTTPS proxy that is every server itself: each path that ends with a package's name is that package's page."""

    def __init__(self, folder: Path) -> None:
        """Make a certificate for the servers that lasts a day."""
        folder.mkdir(parents=True)
        self.certificate = folder / "certificate.pem"
        key = folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
             "-keyout", str(key), "-out", str(self.certificate), "-subj", "/CN=bench",
             "-addext", "basicConstraints=critical,CA:FALSE",
             "-addext", "subjectAltName=" + ",".join(f"DNS:{host}" for host in HOSTS)],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.connection: socket.socket = context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb")

            def do_GET(self) -> None:
                kind, content = answer(self.path)
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(content)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *values: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.variables = {
            "HTTPS_PROXY": f"http://127.0.0.1:{self.server.server_address[1]}",
            "SSL_CERT_FILE": str(self.certificate),
        }


def answer(path: str) -> tuple[str, bytes]:
    """The kind and the content of what lies at a path; without content, nothing does."""
    name = path.rstrip("/").rpartition("/")[2]
    if name in PACKAGES:
        file = f"{name}-{PACKAGES[name]}-py3-none-any.whl"
        return "text/html", f'<!DOCTYPE html><a href="/wheels/{file.replace("+", "%2B")}">{file}</a>'.encode()
    if name.endswith(".whl"):
        return "application/zip", wheel(name.partition("-")[0])
    return "text/plain", b""


def wheel(name: str) -> bytes:
    """A package without anything in it."""
    told = f"{name}-{PACKAGES[name]}.dist-info"
    parts = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {PACKAGES[name]}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "".join(f"{told}/{part},,\n" for part in ("METADATA", "WHEEL", "RECORD")),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part, content in parts.items():
            packed.writestr(f"{told}/{part}", content)
    return out.getvalue()
