"""What the running ComfyUI knows of models: the choices of its nodes, and its folders."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import folder_paths
import nodes

__all__ = ["model_facts"]

_LOG = logging.getLogger("tidepool.models")
_NO_MODELS = {"custom_nodes", "datasets"}


def model_facts(types: set[str]) -> dict[str, Any]:
    """Give what decides which files the inputs of these node types take.

    Returns:
        ``nodes``: by node type, ``input`` and ``input_order`` as ComfyUI's ``/object_info`` has them;
        ``folders``: for each folder of models its name, the directories it is searched in, the extensions of
        its files, and the files that ComfyUI offers.
    """
    return {"nodes": {kind: inputs for kind in types if (inputs := _inputs(kind))}, "folders": _folders()}


def _inputs(kind: str) -> dict[str, Any] | None:
    node = nodes.NODE_CLASS_MAPPINGS.get(kind)
    if node is None:
        return None
    try:
        inputs = node.INPUT_TYPES()
        order = {group: list(named) for group, named in inputs.items()}
        return {"input": {group: _plain(named) for group, named in inputs.items()}, "input_order": order}
    except Exception:  # a pack's own code: its failure is no reason to say nothing of the others
        _LOG.warning("node=%s does not tell its inputs", kind, exc_info=True)
        return None


def _plain(named: Any) -> Any:  # noqa: ANN401 - whatever a pack declares
    """Leave what JSON can say: types and lists of choices."""
    return {name: [_kind(declared), _options(declared)] for name, declared in named.items()}


def _kind(declared: Any) -> Any:  # noqa: ANN401
    kind = declared[0] if isinstance(declared, (list, tuple)) and declared else declared
    return [str(choice) for choice in kind] if isinstance(kind, (list, tuple)) else str(kind)


def _options(declared: Any) -> dict[str, Any]:  # noqa: ANN401
    options = declared[1] if isinstance(declared, (list, tuple)) and len(declared) > 1 else None
    choices = options.get("options") if isinstance(options, dict) else None
    return {"options": [str(choice) for choice in choices]} if isinstance(choices, (list, tuple)) else {}


def _folders() -> list[dict[str, Any]]:
    folders = []
    for name, entry in list(folder_paths.folder_names_and_paths.items()):
        if name in _NO_MODELS:
            continue
        try:
            folders.append(_folder(name, entry))
        except Exception:  # packs add folders of their own: an odd one is no reason to say nothing of the others
            _LOG.warning("folder=%s cannot be listed", name, exc_info=True)
    return folders


def _folder(name: str, entry: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a pack put there
    return {
        "name": name,
        "roots": [str(Path(root).absolute()) for root in entry[0]],
        "extensions": sorted(str(extension) for extension in entry[1]),
        "files": [str(file) for file in folder_paths.get_filename_list(name)],
    }
