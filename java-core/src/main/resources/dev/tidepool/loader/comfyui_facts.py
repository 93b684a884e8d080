"""Asks a ComfyUI which inputs of which node types are lists of model files, and where these files lie.

    EXE comfyui_facts.py COMFYUI_DIR OUTPUT_JSON [--without-custom-nodes]

Runs with the Python of that ComfyUI. Every list of model files is replaced by names that tell the folder, in the
function that nodes ask and on disk (a temporary copy of the model folders that holds only such names), so that a name
among an input's choices says where ComfyUI looks for it. What comes out:

    {"comfyui": "0.30.0",
     "folders": {"loras": {"paths": ["/…/models/loras"], "extensions": [".safetensors"], "files": ["tidepool_…"]}},
     "nodes": {"LoraLoader": {"input": {"required": {…}}, "input_order": {"required": […]},
                              "python_module": "custom_nodes.some-pack"}},
     "failed": ["a node type, or a module, that could not be asked"]}

`nodes` has the form of ComfyUI's /object_info; lists of choices without a model file are left out.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

USUAL_EXTENSIONS = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".onnx")
MARK = "tidepool_"
NO_MODELS = frozenset({"custom_nodes", "datasets"})
KEPT_OPTIONS = (
    "animated_image_upload",
    "audio_upload",
    "control_after_generate",
    "forceInput",
    "image_upload",
    "socketless",
    "video_upload",
    "widgetType",
)


class Marks:
    """Names of files that do not exist, each of which tells its folder."""

    def __init__(self, folder_paths: ModuleType, video_taes: list[str], image_taes: list[str]) -> None:
        self.folder_paths = folder_paths
        self.video_taes = video_taes
        self.image_taes = image_taes

    def files(self, folder: str) -> list[str]:
        folder = legacy(self.folder_paths, folder)
        stem = MARK + folder.encode().hex()
        if folder == "diffusers":
            return [stem]
        if folder == "vae_approx":
            parts = [f"{name}_{part}.{stem}" for name in self.image_taes for part in ("decoder", "encoder")]
            return [f"{name}.safetensors" for name in parts + [f"{name}_{stem}" for name in self.video_taes]]
        known = self.folder_paths.folder_names_and_paths
        extensions = known[folder][1] if folder in known else ()
        return [stem + extension for extension in sorted(extensions) or USUAL_EXTENSIONS]

    def lay_out(self, below: Path) -> dict[str, tuple[list[str], Any]]:
        """Makes the files, and the table of folders that leads to them."""
        table = {}
        for folder, (_, extensions) in self.folder_paths.folder_names_and_paths.items():
            if folder in NO_MODELS:
                continue
            place = below / folder.encode().hex()
            place.mkdir(parents=True)
            for name in self.files(folder):
                if folder == "diffusers":
                    (place / name).mkdir()
                    (place / name / "model_index.json").touch()
                else:
                    (place / name).touch()
            table[folder] = ([str(place)], extensions)
        return table


def legacy(folder_paths: ModuleType, folder: str) -> str:
    rename = getattr(folder_paths, "map_legacy", lambda name: name)
    return str(rename(folder))


def real_folders(folder_paths: ModuleType, comfyui: Path) -> None:
    """Adds the folders that ComfyUI's main.py adds before it loads nodes."""
    from utils.extra_config import load_extra_path_config  # type: ignore[import-not-found,unused-ignore]

    extra = comfyui / "extra_model_paths.yaml"
    if extra.is_file():
        load_extra_path_config(str(extra))
    output = Path(folder_paths.get_output_directory())
    for folder in ("checkpoints", "clip", "vae", "diffusion_models", "loras"):
        folder_paths.add_model_folder_path(folder, str(output / folder))


def choices(spec: Sequence[Any]) -> list[Any] | None:
    """The choices of an input, in either of the two forms that ComfyUI has for them."""
    if isinstance(spec[0], (list, tuple)):
        return list(spec[0])
    if len(spec) > 1 and isinstance(spec[1], dict) and isinstance(spec[1].get("options"), (list, tuple)):
        return list(spec[1]["options"])
    return None


def pruned(spec: Sequence[Any]) -> list[Any]:
    """An input without what does not matter here, which may also be what JSON cannot hold."""
    options = spec[1] if len(spec) > 1 and isinstance(spec[1], dict) else {}
    offered = choices(spec)
    kept: dict[str, Any] = {key: options[key] for key in KEPT_OPTIONS if isinstance(options.get(key), (bool, str))}
    if offered is not None and any(MARK in str(choice) for choice in offered):
        kept["options"] = [choice for choice in offered if isinstance(choice, str)]
    return ["COMBO" if isinstance(spec[0], (list, tuple)) else str(spec[0]), kept]


def inputs(node: type[Any]) -> dict[str, Any]:
    """The inputs of a node type, as /object_info has them."""
    given = node.GET_NODE_INFO_V1()["input"] if hasattr(node, "GET_NODE_INFO_V1") else node.INPUT_TYPES()
    parts = {
        part: {str(name): pruned(spec) for name, spec in dict(given.get(part) or {}).items()}
        for part in ("required", "optional")
    }
    return {
        "input": parts,
        "input_order": {part: list(named) for part, named in parts.items()},
        "python_module": str(getattr(node, "RELATIVE_PYTHON_MODULE", "nodes")),
    }


def ask(comfyui: Path, room: Path, with_custom_nodes: bool) -> dict[str, Any]:
    import folder_paths  # type: ignore[import-not-found,unused-ignore]

    real_folders(folder_paths, comfyui)
    folder_paths.set_user_directory(str(room / "user"))
    import nodes  # type: ignore[import-not-found,unused-ignore]
    import server  # type: ignore[import-not-found,unused-ignore]

    vae = nodes.NODE_CLASS_MAPPINGS.get("VAELoader")
    marks = Marks(folder_paths, list(getattr(vae, "video_taes", [])), list(getattr(vae, "image_taes", [])))
    folder_paths.get_filename_list = marks.files
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # Packs add their routes to the server while they are imported; it never listens.
    server.PromptServer(loop)
    failed: list[str] = []
    load = nodes.load_custom_node

    async def watched(path: str, *arguments: object, **named: object) -> bool:
        loaded = await load(path, *arguments, **named)
        if not loaded:
            failed.append(Path(path).name)
        return bool(loaded)

    nodes.load_custom_node = watched
    loop.run_until_complete(nodes.init_extra_nodes(init_custom_nodes=with_custom_nodes))

    known = folder_paths.folder_names_and_paths
    folders = {
        name: {
            "paths": [str(path) for path in paths],
            "extensions": sorted(str(extension) for extension in extensions),
            "files": marks.files(name),
        }
        for name, (paths, extensions) in known.items()
        if name not in NO_MODELS
    }
    known.update(marks.lay_out(room / "models"))
    found = {}
    for name, node in nodes.NODE_CLASS_MAPPINGS.items():
        try:
            found[str(name)] = inputs(node)
        except Exception:
            logging.exception("the node type %s cannot be asked", name)
            failed.append(str(name))
    import comfyui_version  # type: ignore[import-not-found,unused-ignore]

    return {"comfyui": comfyui_version.__version__, "folders": folders, "nodes": found, "failed": failed}


def main() -> int:
    comfyui, output = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with_custom_nodes = "--without-custom-nodes" not in sys.argv[3:]
    os.chdir(comfyui)
    sys.path.insert(0, str(comfyui))
    with tempfile.TemporaryDirectory(prefix="tidepool-facts-") as folder:
        room = Path(folder)
        (room / "user").mkdir()
        (room / "web").mkdir()
        sys.argv = ["main.py", "--cpu", "--front-end-root", str(room / "web"), "--disable-auto-launch"]
        import comfy.options  # type: ignore[import-not-found,unused-ignore]

        comfy.options.enable_args_parsing()
        facts = ask(comfyui, room, with_custom_nodes)
    output.write_text(json.dumps(facts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    # Packs leave threads behind that would keep the process alive.
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
