"""The routes of models, with the real core and folders as ComfyUI tells them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from serving import Server, serving

OFFERS = "/tidepool/models/offers"
FILES = ["flux/dune.safetensors", "sd15/sea.safetensors"]


@pytest.fixture
def models(tmp_path: Path) -> Iterator[Server]:
    """A server of a ComfyUI with two checkpoints."""
    root = tmp_path / "models" / "checkpoints"
    for file in FILES:
        (root / file).parent.mkdir(parents=True)
        (root / file).write_bytes(b"0123456789")
    folder = {"name": "checkpoints", "roots": [str(root)], "extensions": [".safetensors"], "files": FILES}
    theirs = {"input": {"required": {"model": [FILES, {}]}}, "input_order": {"required": ["model"]}}

    def facts(types: set[str]) -> dict[str, Any]:
        return {"nodes": {kind: theirs for kind in types if kind == "TheirLoader"}, "folders": [folder]}

    with serving(tmp_path, models=facts) as server:
        yield server


def reference(value: str, kind: str = "CheckpointLoaderSimple", name: str = "ckpt_name") -> dict[str, Any]:
    return {"type": kind, "input": name, "value": value, "hashes": []}


def test_files_that_a_name_may_mean_are_offered_with_the_reason(models: Server) -> None:
    asked = [reference("sea.safetensors"), reference("Sea.ckpt"), reference("checkpoints/sd15/sea.safetensors")]
    found = [each["offers"] for each in models.post(OFFERS, references=asked).json["references"]]
    assert [[(offer["reason"], offer["certain"]) for offer in offers] for offers in found] == [
        [("same-name", True)],
        [("other-extension", False)],
        [("same-path", True)],
    ]
    assert found[0][0] == {"value": FILES[1], "reason": "same-name", "certain": True, "bytes": 10}


def test_a_loader_of_another_pack_is_known_by_its_choices(models: Server) -> None:
    asked = [reference("dune.safetensors", "TheirLoader", "model")]
    (answer,) = models.post(OFFERS, references=asked).json["references"]
    assert answer["folder"] == "checkpoints"
    assert answer["offers"][0]["value"] == FILES[0]


def test_what_takes_no_models_gets_no_offers(models: Server) -> None:
    asked = [reference("euler", "KSampler", "sampler_name"), reference("x", "Nobody", "knows")]
    answers = models.post(OFFERS, references=asked).json["references"]
    assert answers == [{"folder": None, "offers": []}] * 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"references": "x"},
        {"references": [3]},
        {"references": [{"type": "A", "input": "b"}]},
        {"references": [{**reference("x"), "value": None}]},
        {"references": [reference("x")] * 2001},
        {"references": [reference("x" * 4097)]},
        {"references": [{"type": "A", "input": "b", "value": "c", "hashes": [{}]}]},
    ],
)
def test_bad_requests_are_refused(models: Server, body: dict[str, Any]) -> None:
    answer = models.post(OFFERS, **body)
    assert (answer.status, answer.code) in [(400, "request-invalid"), (400, "argument-invalid")]
