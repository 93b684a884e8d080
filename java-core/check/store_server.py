"""A MinIO of one's own, and a client of S3 that owes nothing to Tidepool's."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import ssl
import subprocess
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

from environment_life import Json, demand, free_port

START_SECONDS = 60
SPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"
STS = "{https://sts.amazonaws.com/doc/2011-06-15/}"


@dataclass(frozen=True)
class Keys:
    """Who asks; a session has a token beside."""

    id: str
    secret: str
    session: str = ""

    def variables(self) -> dict[str, str]:
        """What a shell would have set."""
        named = {"AWS_ACCESS_KEY_ID": self.id, "AWS_SECRET_ACCESS_KEY": self.secret}
        return named | ({"AWS_SESSION_TOKEN": self.session} if self.session else {})


@dataclass(frozen=True)
class Answer:
    """What the store answered."""

    status: int
    headers: Message
    body: bytes

    def texts(self, name: str, space: str = SPACE) -> list[str]:
        """The texts of the elements with a name."""
        return [found.text or "" for found in ET.fromstring(self.body).iter(space + name)]


class Minio:
    """A MinIO that listens on this machine for as long as it is entered, with keys that nobody else knows."""

    def __init__(self, exe: Path, folder: Path, certificates: Path | None = None, region: str = "") -> None:
        self.port = free_port()
        self.region = region or "us-east-1"
        self.address = f"{'https' if certificates else 'http'}://127.0.0.1:{self.port}"
        self.keys = Keys("anna" + secrets.token_hex(6), secrets.token_hex(20))
        self.log = folder / "minio.txt"
        self.trusts = ssl.create_default_context(cafile=certificates / "public.crt") if certificates else None
        place = ["--certs-dir", str(certificates or folder / "no certificates")]
        self.command = [str(exe), "server", *place, "--address", f"127.0.0.1:{self.port}", str(folder / "data")]
        self.variables = {"MINIO_ROOT_USER": self.keys.id, "MINIO_ROOT_PASSWORD": self.keys.secret}
        self.variables |= {"MINIO_BROWSER": "off", "MINIO_UPDATE": "off", "MINIO_REGION": region, "HOME": str(folder)}
        (folder / "data").mkdir(parents=True)

    def __enter__(self) -> Self:
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                self.command,
                env={"PATH": os.environ["PATH"]} | self.variables,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            self.await_answer()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Ends this process, and no other."""
        self.process.kill()
        self.process.wait()

    def await_answer(self) -> None:
        """Asks until it takes requests."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            demand(self.process.poll() is None, f"MinIO ended early:\n{self.log.read_text()[-2000:]}")
            with suppress(OSError):
                if self.ask("GET", "").status == 200:
                    return
            time.sleep(0.1)
        raise SystemExit(f"error: MinIO did not answer:\n{self.log.read_text()[-2000:]}")

    def ask(self, method: str, path: str, query: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """Asks S3 for something; the path is BUCKET or BUCKET/KEY, and is written as an address here."""
        request = self.signed(method, "/" + quote(path), query or {}, body, "s3")
        return self.answer(request)

    def session(self, policy: Json | None = None) -> Keys:
        """Keys for a while, which may do what a policy says (AWS's Security Token Service, AssumeRole)."""
        form = {"Action": "AssumeRole", "Version": "2011-06-15", "DurationSeconds": "900"}
        form |= {"Policy": json.dumps(policy)} if policy else {}
        answer = self.answer(self.signed("POST", "/", {}, urlencode(form).encode(), "sts"))
        demand(answer.status == 200, f"MinIO gives keys for a while: {answer.body.decode()}")
        names = ("AccessKeyId", "SecretAccessKey", "SessionToken")
        return Keys(*(answer.texts(name, STS)[0] for name in names))

    def parts(self, key: str) -> list[int]:
        """How many bytes each part has that came of an unfinished upload to BUCKET/KEY."""
        bucket, _, name = key.partition("/")
        uploads = self.ask("GET", bucket, {"uploads": "", "prefix": name}).texts("UploadId")
        sizes = [self.ask("GET", key, {"uploadId": upload}).texts("Size") for upload in uploads]
        return [int(size) for each in sizes for size in each]

    def signed(
        self, method: str, path: str, query: dict[str, str], body: bytes, service: str
    ) -> urllib.request.Request:
        """A request with AWS's Signature Version 4, as its documentation makes one step by step."""
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        digest = hashlib.sha256(body).hexdigest()
        asked = "&".join(sorted(f"{quote(name, '')}={quote(value, '')}" for name, value in query.items()))
        headers = {"host": f"127.0.0.1:{self.port}", "x-amz-content-sha256": digest, "x-amz-date": moment}
        names = ";".join(headers)
        fields = "".join(f"{name}:{value}\n" for name, value in headers.items())
        canonical = "\n".join([method, path, asked, fields, names, digest])
        scope = f"{moment[:8]}/{self.region}/{service}/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = b"AWS4" + self.keys.secret.encode()
        for word in scope.split("/"):
            key = hmac.digest(key, word.encode(), "sha256")
        signature = hmac.digest(key, text.encode(), "sha256").hex()
        credential = f"AWS4-HMAC-SHA256 Credential={self.keys.id}/{scope}"
        headers["authorization"] = f"{credential}, SignedHeaders={names}, Signature={signature}"
        if service == "sts":
            headers["content-type"] = "application/x-www-form-urlencoded"
        address = self.address + path + (f"?{asked}" if asked else "")
        return urllib.request.Request(address, body or None, headers, method=method)

    def answer(self, request: urllib.request.Request) -> Answer:
        """What comes to a request, whatever its status."""
        try:
            with urllib.request.urlopen(request, context=self.trusts, timeout=START_SECONDS) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as e:
            with e:
                return Answer(e.code, e.headers, e.read())


def make_certificate(folder: Path) -> Path:
    """A certificate of this machine that nobody signed, with its key, as MinIO wants them in a folder."""
    folder.mkdir()
    shape = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    who = ["-subj", "/CN=sea", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    subprocess.run(["openssl", "req", "-x509", *shape, *who, *files], check=True, capture_output=True)
    return folder / "public.crt"


def trusting(certificate: Path, keytool: str) -> str:
    """The options of a Java that trusts this certificate."""
    store = certificate.with_name("trusted.p12")
    place = ["-keystore", str(store), "-storetype", "PKCS12", "-storepass", "of-no-worth"]
    words = ["-importcert", "-noprompt", "-alias", "sea", "-file", str(certificate)]
    subprocess.run([keytool, *words, *place], check=True, capture_output=True)
    return f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword=of-no-worth"


def allows(action: str, resource: str, **more: object) -> Json:
    """A policy that allows one thing, and nothing else."""
    statement = {"Effect": "Allow", "Action": [action], "Resource": [f"arn:aws:s3:::{resource}"]} | more
    return {"Version": "2012-10-17", "Statement": [statement]}
