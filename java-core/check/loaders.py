#!/usr/bin/env python3
"""Compares the core's table of ComfyUI's loaders with a real ComfyUI.

    java-core/check/loaders.py --comfyui DIR --python EXE [--write]

Asks the ComfyUI, without custom nodes, by the same program that the core uses, and works out by itself which inputs
name models, at which positions, out of which folders. Prints every difference, and ends with 1 when there is one.
--write writes the table anew instead; what no list of files shows, such as the values of VAELoader that come from
another folder, is kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[1] / "src/main/resources/dev/tidepool/loader"
TABLE = RESOURCES / "comfyui-nodes.json"
WIDGETS = frozenset(
    [
        "INT",
        "FLOAT",
        "BOOLEAN",
        "STRING",
        "MARKDOWN",
        "COMBO",
        "IMAGEUPLOAD",
        "COLOR",
        "COLORS",
        "IMAGECOMPARE",
        "BOUNDING_BOX",
        "BOUNDING_BOXES",
        "CHART",
        "GALLERIA",
        "PAINTER",
        "TEXTAREA",
        "CURVE",
        "RANGE",
    ]
)
VARYING = frozenset(
    [
        "COMFY_DYNAMICCOMBO_V3",
        "COMFY_AUTOGROW_V3",
        "AUDIO_UI",
        "AUDIOUPLOAD",
        "AUDIO_RECORD",
        "LOAD_3D",
        "LOAD_3D_ADVANCED",
        "PREVIEW_3D",
        "WEBCAM",
    ]
)
UPLOADS = ("image_upload", "animated_image_upload", "video_upload")
Json = dict[str, Any]


def ask(comfyui: Path, python: Path) -> Json:
    """What the ComfyUI tells of itself."""
    with tempfile.TemporaryDirectory(prefix="tidepool-check-") as folder:
        answer = Path(folder) / "answer.json"
        program = RESOURCES / "comfyui_facts.py"
        command = [str(python), "-B", str(program), str(comfyui), str(answer), "--without-custom-nodes"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            sys.exit(f"error: the ComfyUI cannot be asked:\n{ended.stdout}{ended.stderr}")
        facts: Json = json.loads(answer.read_text(encoding="utf-8"))
        return facts


def widgets(node: Json) -> list[str]:
    """The names of a node type's widgets, up to the first that differs from node to node."""
    names: list[str] = []
    for part in ("required", "optional"):
        inputs = node["input"][part]
        for name in node["input_order"][part]:
            kind, options = inputs[name]
            kind_of_widget = options.get("widgetType", kind)
            if kind_of_widget in VARYING or options.get("audio_upload"):
                return names
            if kind_of_widget not in WIDGETS or options.get("forceInput"):
                continue
            names.append(name)
            seed = kind == "INT" and name in ("seed", "noise_seed")
            if options.get("control_after_generate", seed):
                names += ["control_after_generate"] + (["control_filter_list"] if kind == "COMBO" else [])
        if part == "required" and any(spec[1].get(key) for spec in inputs.values() for key in UPLOADS):
            names.append("upload")
    return names


def models(node: Json, folder_of: dict[str, str]) -> Json:
    """The inputs of a node type that name models."""
    found: Json = {}
    for part in ("required", "optional"):
        for name in node["input_order"][part]:
            offered = node["input"][part][name][1].get("options", [])
            folders = list(dict.fromkeys(folder_of[choice] for choice in offered if choice in folder_of))
            if folders:
                exceptions = {choice: "" for choice in offered if choice not in folder_of}
                for choice in offered:
                    # ComfyUI itself chooses the folder by what the file's name begins with.
                    stem, mark, _ = choice.partition("_tidepool_")
                    if mark and folder_of[choice] != folders[0]:
                        exceptions[stem] = folder_of[choice]
                found[name] = {"folders": folders} | (
                    {"exceptions": dict(sorted(exceptions.items()))} if exceptions else {}
                )
    return found


def nodes(facts: Json) -> Json:
    folder_of = {file: name for name, folder in facts["folders"].items() for file in folder["files"]}
    table: Json = {}
    for name, node in sorted(facts["nodes"].items()):
        inputs = models(node, folder_of)
        table[name] = {"widgets": widgets(node)} | ({"models": inputs} if inputs else {})
    return table


def folders(facts: Json, comfyui: Path, usual: list[str]) -> Json:
    table: Json = {}
    for name, folder in facts["folders"].items():
        paths = [Path(path) for path in folder["paths"]]
        below = [path.relative_to(comfyui / "models") for path in paths if path.is_relative_to(comfyui / "models")]
        table[name] = {"paths": [path.as_posix() for path in below]}
        if folder["extensions"] != usual:
            table[name]["extensions"] = folder["extensions"]
    return table


def written(table: Json) -> str:
    """The table with a line for each folder and node."""
    parts = []
    for key, value in table.items():
        if key in ("folders", "nodes"):
            lines = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in value.items()]
            parts.append(f"{json.dumps(key)}: {{\n" + ",\n".join(lines) + "\n}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{" + ",\n".join(parts) + "}\n"


def differences(found: object, known: object, where: str) -> list[str]:
    if found == known:
        return []
    if not (isinstance(found, dict) and isinstance(known, dict)):
        return [f"{where}: ComfyUI has {json.dumps(found)}, the table {json.dumps(known)}"]
    lines: list[str] = []
    for key in sorted(found.keys() | known.keys()):
        lines += differences(found.get(key), known.get(key), f"{where} {key}".strip())
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comfyui", type=Path, required=True, help="folder with main.py")
    parser.add_argument("--python", type=Path, required=True, help="the Python that runs it")
    parser.add_argument("--write", action="store_true", help="write the table anew")
    arguments = parser.parse_args()
    comfyui = arguments.comfyui.resolve()
    facts = ask(comfyui, arguments.python.absolute())
    usual = facts["folders"]["checkpoints"]["extensions"]
    found: Json = {
        "comfyui": facts["comfyui"],
        "extensions": usual,
        "folders": folders(facts, comfyui, usual),
        "old_names": {"clip": "text_encoders", "unet": "diffusion_models"},
        "nodes": nodes(facts),
    }
    if arguments.write:
        TABLE.write_text(written(found), encoding="utf-8")
        return 0
    known: Json = json.loads(TABLE.read_text(encoding="utf-8"))
    lines = differences(found, known, "") + [f"cannot be asked: {name}" for name in facts["failed"]]
    for line in lines:
        print(line)
    loaders = [node["models"] for node in found["nodes"].values() if "models" in node]
    slots = sum(len(inputs) for inputs in loaders)
    print(
        f"ComfyUI {facts['comfyui']}: {len(found['nodes'])} node types, {len(loaders)} loaders with {slots} slots, "
        f"{len(found['folders'])} folders; {len(lines)} differences"
    )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
