#!/usr/bin/env python3
"""Sends bundles to a real MinIO and gets them from there, by the command line as a user types it.

    java-core/check/minio.py --minio EXE [--uv EXE] [--dir DIR]

EXE are MinIO's server, which is started here with keys of its own, and uv. Between the command and the server is a
relay that counts bytes and cuts the line. Each check prints a line; ends with 1 when one of them failed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from store_relay import Relay, years_ago
from store_server import Minio, allows, make_certificate, trusting
from store_users import LARGE, MODEL, SMALL, Checks, Person, World, furnish, sha256

PART = 8 << 20
# What requests without a body, heads and signatures come to.
TALK = 60_000
NOBODY = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
REGION = "eu-central-7"


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description="Send bundles to a real MinIO, and get them from there.")
    parser.add_argument("--minio", type=Path, required=True, help="MinIO's server")
    parser.add_argument("--uv", default=shutil.which("uv"), help="uv, which makes the environments (default: on PATH)")
    parser.add_argument("--dir", type=Path, help="folder to work in")
    arguments = parser.parse_args()
    if arguments.uv is None:
        parser.error("there is no uv on PATH; --uv says where it is")
    checks = Checks()
    uv, exe = Path(arguments.uv).absolute(), arguments.minio.absolute()
    with tempfile.TemporaryDirectory(prefix="tidepool-minio-", dir=arguments.dir) as folder:
        room = Path(folder)
        with Minio(exe, room / "store") as minio, Relay(minio.port) as relay:
            variables = minio.keys.variables() | {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{relay.port}"}
            anna, bo = (Person(room / name, uv, variables) for name in ("anna", "bo"))
            furnish(anna, bo, uv)
            world = World(checks, minio, relay, anna, bo, exe, room)
            for story in STORIES:
                tell(world, story)
            checks.that(not anna.leaked and not bo.leaked, "no secret and no session token was ever printed")
    print(f"minio: {checks.count} checks, {checks.failed} failed")
    return 1 if checks.failed else 0


def tell(world: World, story: Callable[[World], None]) -> None:
    """Runs some checks; what stops them counts as one that failed."""
    world.relay.passes()
    try:
        story(world)
    except (Exception, SystemExit) as e:
        traceback.print_exc()
        world.checks.that(False, f"{story.__name__} comes to its end", e)


def one_piece(world: World) -> None:
    """A small bundle, which goes by one request."""
    checks, anna = world.checks, world.anna
    world.minio.ask("PUT", "bundles")
    said = anna.push(SMALL, "s3://bundles/studio/")
    file = anna.bundle(SMALL)
    checks.that(said.sent() == file.stat().st_size, "a small bundle is sent", said)
    checks.that(world.object_is("bundles/studio/small.tar.gz", file), "it arrives byte by byte, with its SHA-256")
    sent_once(world, SMALL, "s3://bundles/studio/")
    world.minio.ask("PUT", "bundles/other.tar.gz", body=b"something else")
    said = anna.push(SMALL, "s3://bundles/other.tar.gz")
    checks.that(said.names("store-taken", "--force"), "what else is there stays", said)
    there = world.minio.ask("GET", "bundles/other.tar.gz").body
    checks.that(there == b"something else", "it stays byte by byte", there[:100])
    said = anna.push(SMALL, "s3://bundles/other.tar.gz", "--force")
    checks.that(world.object_is("bundles/other.tar.gz", file), "--force replaces it", said)


def sent_once(world: World, environment: str, address: str) -> None:
    """The same bundle is not sent again."""
    for more in ([], ["--force"]):
        world.relay.passes()
        said = world.anna.push(environment, address, *more)
        less = world.relay.up < min(TALK, world.anna.bundle(environment).stat().st_size)
        told = f"it is not sent again{', with --force' if more else ''}"
        world.checks.that(said.sent() == 0 and less, told, (said, world.relay.up))


def in_parts(world: World) -> None:
    """A bundle with a model, which goes in parts."""
    checks, relay, anna = world.checks, world.relay, world.anna
    said = anna.push(LARGE, "s3://bundles/large/")
    file = anna.bundle(LARGE)
    size = file.stat().st_size
    checks.that(said.sent() == size > 5 * PART, "a large bundle is sent", said)
    checks.that(relay.up - size < TALK, "no byte of it is sent twice", relay.up)
    tag = world.minio.ask("HEAD", "bundles/large/large.tar.gz").headers.get("ETag", "")
    checks.that(tag.endswith('-6"'), "it goes in parts of 8 MiB", tag)
    checks.that(world.object_is("bundles/large/large.tar.gz", file), "it arrives byte by byte, with its SHA-256")
    checks.that(not world.minio.parts("bundles/large/large.tar.gz"), "no part is left over")
    sent_once(world, LARGE, "s3://bundles/large/")
    said = anna.push(SMALL, "s3://bundles/large/large.tar.gz")
    checks.that(said.names("store-taken", "--force"), "a small one does not replace it", said)
    world.minio.ask("PUT", "bundles/taken.tar.gz", body=b"something else")
    said = anna.push(LARGE, "s3://bundles/taken.tar.gz")
    checks.that(said.names("store-taken", "--force"), "a large one replaces nothing", said)
    checks.that(not world.minio.parts("bundles/taken.tar.gz"), "no part of it is left over")
    said = anna.push(LARGE, "s3://bundles/taken.tar.gz", "--force")
    checks.that(world.object_is("bundles/taken.tar.gz", file), "--force replaces it", said)


def broken_push(world: World) -> None:
    """The line is cut in the middle of the parts."""
    checks, relay, anna = world.checks, world.relay, world.anna
    relay.passes(most_up=38 << 20)
    said = anna.push(LARGE, "s3://bundles/broken/")
    hints = ("goes on from where it stopped", "abort-multipart-upload")
    checks.that(said.names("store-unreachable", *hints), "a cut push says how it goes on, and how it is given up", said)
    goes_on(world, "broken/large.tar.gz", "a cut push")


def killed_push(world: World) -> None:
    """The process is killed in the middle of the parts."""
    anna = world.anna
    world.relay.passes(most_up=38 << 20, holds=True)
    process = anna.begin(*anna.export(LARGE, "s3://bundles/killed/"))
    stopped = world.relay.stopped.wait(120)
    anna.kill(process)
    world.checks.that(stopped, "a push gets so far that it can be killed")
    world.relay.cut()
    goes_on(world, "killed/large.tar.gz", "a killed push")


def goes_on(world: World, key: str, what: str) -> None:
    """The same command again sends what is not there."""
    checks, relay, anna = world.checks, world.relay, world.anna
    nothing = world.minio.ask("HEAD", f"bundles/{key}").status
    checks.that(nothing == 404, f"{what} leaves no object", nothing)
    there = sum(world.minio.parts(f"bundles/{key}"))
    checks.that(there >= PART, f"{what} leaves parts", there)
    relay.passes()
    said = anna.push(LARGE, f"s3://bundles/{key}")
    lacks = anna.bundle(LARGE).stat().st_size - there
    checks.that(0 < said.sent() <= lacks, f"{what} goes on with the parts that are there", (said, lacks))
    checks.that(relay.up < lacks + TALK, f"{what} sends {lacks} bytes, and no other", relay.up)
    checks.that(world.object_is(f"bundles/{key}", anna.bundle(LARGE)), f"{what} arrives byte by byte")
    checks.that(not world.minio.parts(f"bundles/{key}"), f"{what} leaves no part in the end")


def taken(world: World) -> None:
    """Another person imports what was sent."""
    checks, relay, bo = world.checks, world.relay, world.bo
    address = "s3://bundles/large/large.tar.gz"
    size = world.anna.bundle(LARGE).stat().st_size
    relay.passes(most_down=20 << 20)
    said = bo.take(address, "first")
    checks.that(said.names("download-unreachable", "goes on"), "a cut import ends, and says how it goes on", said)
    halves = [file.stat().st_size for file in bo.home.rglob("*.part")]
    checks.that(len(halves) == 1 and halves[0] > 10 << 20, "it keeps what came", halves)
    relay.passes()
    said = bo.take(address, "first")
    checks.that(said.code == 0, "the same import again goes on", said)
    lacks = size - sum(halves)
    checks.that(lacks <= relay.down < lacks + TALK, f"it gets {lacks} bytes, and no other", relay.down)
    model = world.anna.home / "environments" / LARGE / "ComfyUI" / "models" / MODEL
    arrived = bo.model().exists() and sha256(bo.model()) == sha256(model)
    checks.that(arrived, "the model arrives byte by byte")
    checks.that((bo.workflows("first") / "portrait.json").exists(), "and so does the workflow")
    seen = bo.run("bundle", "inspect", "s3://bundles/studio/small.tar.gz", "--allow-private")
    checks.that(seen.code == 0 and "portrait.json" in seen.out, "bundle inspect shows one in the store", seen)
    made = bo.run("create", "second", "--from", "s3://bundles/studio/small.tar.gz", "--allow-private")
    same = (bo.workflows("second") / "portrait.json").read_bytes()
    checks.that(made.code == 0 and same == (world.anna.workflows(SMALL) / "portrait.json").read_bytes(),
                "create --from makes an environment of it", made)  # fmt: skip


def refused(world: World) -> None:
    """What is wrong is named, with what to do."""
    checks, anna, bo = world.checks, world.anna, world.bo
    keys = ("store-keys-refused", "AWS_SECRET_ACCESS_KEY")
    wrong = {"AWS_SECRET_ACCESS_KEY": "quite-another-secret"}
    for environment in (SMALL, LARGE):
        said = anna.push(environment, "s3://bundles/wrong/", **wrong)
        checks.that(said.names(*keys), f"a wrong secret is named, {environment}", said)
        said = anna.push(environment, "s3://no-such-bucket/")
        checks.that(said.names("store-bucket-not-found", "Make it"), f"an unknown bucket is named, {environment}", said)
    said = bo.take("s3://bundles/studio/small.tar.gz", "none", **wrong)
    checks.that(said.names(*keys), "a wrong secret is named when one imports", said)
    said = anna.push(SMALL, "s3://bundles/wrong/", AWS_ACCESS_KEY_ID="nobody")
    checks.that(said.names(*keys), "an unknown key is named", said)
    said = anna.push(SMALL, "s3://bundles/wrong/", **NOBODY)
    checks.that(said.names("store-keys-missing", "AWS_ACCESS_KEY_ID"), "missing keys are named", said)
    said = bo.take("s3://no-such-bucket/small.tar.gz", "none")
    checks.that(said.names("store-bucket-not-found"), "an unknown bucket is named when one imports", said)
    said = bo.take("s3://bundles/none.tar.gz", "none")
    checks.that(said.names("store-nothing-there"), "an unknown object is named", said)
    said = bo.run("import", "s3://bundles/studio/small.tar.gz", "--name", "none", "--no-interactive", "--json")
    checks.that(said.code != 0 and "--allow-private" in str(said.error()), "a private network is not asked", said)
    with Relay(world.minio.port, years_ago) as late:
        said = anna.push(SMALL, "s3://bundles/wrong/", AWS_ENDPOINT_URL_S3=f"http://127.0.0.1:{late.port}")
    checks.that(said.code != 0 and "clock" in said.error()["message"], "a wrong clock is named", said)


def names(world: World) -> None:
    """Folders and bundles have names that an address has to write otherwise."""
    for number, key in enumerate(["a b/ün +%~/ü + 100% ~ (1).tar.gz", "a%20b/%2F=&;@:$,!*'/#?.tar.gz", "海/~x.tar.gz"]):
        folder, _, name = key.rpartition("/")
        said = world.anna.push(SMALL, f"s3://bundles/{key}")
        arrived = world.object_is(f"bundles/{key}", world.anna.bundle(SMALL))
        world.checks.that(said.code == 0 and arrived, f"it arrives under the name {key}", said)
        said = world.bo.take(f"s3://bundles/{folder}/{name}", f"named-{number}")
        world.checks.that(said.code == 0, "and comes back", said)
    said = world.anna.push(LARGE, "s3://bundles/a b/ü+%~/in parts.tar.gz")
    arrived = world.object_is("bundles/a b/ü+%~/in parts.tar.gz", world.anna.bundle(LARGE))
    world.checks.that(said.sent() > 5 * PART and arrived, "so does one in parts", said)


def for_a_while(world: World) -> None:
    """Keys that are good for a while."""
    checks, anna, bo = world.checks, world.anna, world.bo
    whole = world.minio.session().variables()
    for environment in (SMALL, LARGE):
        said = anna.push(environment, "s3://bundles/session/", **whole)
        checks.that(said.sent() > 0, f"keys with a session token send, {environment}", said)
    said = bo.take("s3://bundles/session/small.tar.gz", "session", **whole)
    checks.that(said.code == 0, "and get", said)
    for what, changes in (("no", {"AWS_SESSION_TOKEN": ""}), ("a wrong", {"AWS_SESSION_TOKEN": "x" * 40})):
        said = anna.push(SMALL, "s3://bundles/other-session/", **(whole | changes))
        checks.that(said.names("store-keys-refused", "AWS_SESSION_TOKEN"), f"{what} session token is named", said)


def with_few_rights(world: World) -> None:
    """Keys that may only read or only write, and a bucket that is open to all."""
    checks, anna, bo = world.checks, world.anna, world.bo
    reading = world.minio.session(allows("s3:GetObject", "*")).variables()
    for more in ([], ["--force"]):
        said = anna.push(SMALL, "s3://bundles/read-only/", *more, **reading)
        held = said.names("store-keys-refused", "AWS_ACCESS_KEY_ID") and "may not" in said.error()["message"]
        checks.that(held, f"keys that may only read do not send{', with --force' if more else ''}", said)
    said = anna.push(LARGE, "s3://bundles/read-only/", **reading)
    checks.that(said.names("store-keys-refused"), "nor in parts", said)
    said = bo.take("s3://bundles/studio/small.tar.gz", "reading", **reading)
    checks.that(said.code == 0, "but they get", said)
    world.minio.ask("PUT", "bundles/blind/taken", body=b"something else")
    writing = world.minio.session(allows("s3:PutObject", "*")).variables()
    for environment in (SMALL, LARGE):
        said = anna.push(environment, f"s3://bundles/blind/{environment}", **writing)
        checks.that(said.sent() > 0, f"keys that may only write send where nothing is, {environment}", said)
        said = anna.push(environment, "s3://bundles/blind/taken", **writing)
        checks.that(said.names("store-taken", "--force"), f"and replace nothing, {environment}", said)
    there = world.minio.ask("GET", "bundles/blind/taken").body
    checks.that(there == b"something else", "what was there stays byte by byte", there[:100])
    world.minio.ask("PUT", "open.to.all")
    policy = allows("s3:GetObject", "open.to.all/*", Principal={"AWS": ["*"]})
    world.minio.ask("PUT", "open.to.all", {"policy": ""}, json.dumps(policy).encode())
    said = anna.push(SMALL, "s3://open.to.all/")
    checks.that(said.sent() > 0, "a bucket with dots in its name takes a bundle", said)
    said = bo.take("s3://open.to.all/small.tar.gz", "open", **NOBODY)
    checks.that(said.code == 0, "one that is open to all is read without keys", said)


def by_https(world: World) -> None:
    """A MinIO with a certificate that nobody signed, in a region."""
    certificate = make_certificate(world.room / "certificates")
    with Minio(world.exe, world.room / "secure", certificate.parent, REGION) as minio:
        minio.ask("PUT", "bundles")
        asked = {"AWS_ENDPOINT_URL_S3": minio.address} | minio.keys.variables()
        said = world.anna.push(SMALL, "s3://bundles/", **asked)
        told = said.names("store-unreachable", "Nothing was sent", "keytool -importcert")
        world.checks.that(told, "a certificate that nobody signed is refused", said)
        hint = next((hint for hint in said.error().get("hints", []) if "-importcert" in hint), "")
        keytool = hint.partition(": ")[2].partition(" -importcert")[0]
        asked["JAVA_TOOL_OPTIONS"] = trusting(certificate, keytool)
        said = world.anna.push(SMALL, "s3://bundles/", **asked)
        named = said.names("store-region-wrong", f"AWS_REGION={REGION}")
        world.checks.that(named, "a certificate that Java trusts is taken, and another region named", said)
        asked["AWS_REGION"] = REGION
        for environment in (SMALL, LARGE):
            said = world.anna.push(environment, "s3://bundles/", **asked)
            sent = minio.ask("GET", f"bundles/{environment}.tar.gz").body
            same = sent == world.anna.bundle(environment).read_bytes()
            world.checks.that(said.sent() > 0 and same, f"it is sent by https, {environment}", said)
        said = world.bo.take("s3://bundles/small.tar.gz", "secure", **asked)
        world.checks.that(said.code == 0, "and got", said)


STORIES = [one_piece, in_parts, broken_push, killed_push, taken]
STORIES += [refused, names, for_a_while, with_few_rights, by_https]


if __name__ == "__main__":
    sys.exit(main())
