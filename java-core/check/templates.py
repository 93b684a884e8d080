#!/usr/bin/env python3
"""Measures how well the core finds the models of ComfyUI's workflow templates.

    java-core/check/templates.py DIR [--java JAVA] [--jar JAR]

DIR holds the templates, such as the folder `templates` of the Python package comfyui-workflow-templates-json. Every
workflow has to parse, to stay the same in every byte when nothing needs changing, and to come back in every byte after
its models' folders were put in front of all values and stripped again. Every value of a loader, looked up by position,
has to be found with its folder. Then the models that the core finds are compared with those that the templates
themselves declare in `properties.models`, by name and directory; each difference is printed. Ends with 1 when one has
no explanation.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "src/main/resources/dev/tidepool/loader/comfyui-nodes.json"
Model = tuple[str, str]
Found = dict[str, dict[Model, str]]


def run(java: str, jar: Path, templates: Path) -> dict[str, list[list[str]]]:
    """What the core says, by the first word of each line."""
    command = [java, "-cp", str(jar), str(HERE / "TemplatesCheck.java"), str(templates)]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if ended.returncode != 0:
        sys.exit(f"error: the core failed:\n{ended.stderr}")
    lines: dict[str, list[list[str]]] = defaultdict(list)
    for line in ended.stdout.splitlines():
        kind, *cells = line.split("\t")
        lines[kind].append(cells)
    return lines


def by_file(lines: list[list[str]]) -> Found:
    """The node of each model, by file."""
    found: Found = defaultdict(dict)
    for name, folder, value, node, _ in lines:
        found[name][folder, value] = node
    return found


def loader_values(workflow: dict[str, Any], table: dict[str, Any]) -> Iterator[Model]:
    """What stands at the positions of loaders' inputs, in all graphs."""
    graphs = [workflow, *workflow.get("definitions", {}).get("subgraphs", [])]
    for node in (node for graph in graphs for node in graph["nodes"]):
        known = table.get(node["type"], {})
        values = node.get("widgets_values")
        for name, slot in known.get("models", {}).items():
            position = known["widgets"].index(name)
            if isinstance(values, list) and position < len(values) and isinstance(values[position], str):
                value = values[position]
                exceptions = slot.get("exceptions", {})
                folder = exceptions.get(value, exceptions.get(Path(value).stem, "")) or slot["folders"][0]
                if exceptions.get(value) != "":
                    yield folder, value


def missed_values(templates: Path, read: list[str], found: list[Found]) -> list[str]:
    table = json.loads(TABLE.read_text(encoding="utf-8"))["nodes"]
    missed, count = [], 0
    for name in read:
        workflow = json.loads((templates / name).read_text(encoding="utf-8"))
        for model in loader_values(workflow, table):
            count += 1
            if not any(model in part[name] for part in found):
                missed.append(f"loader's value not found: {name}: {'/'.join(model)}")
    print(f"values of loaders by position: {count}, not found: {len(missed)}")
    return missed


def compare(found: Found, idle: Found, declared: Found) -> list[str]:
    """Prints recall and precision; answers the differences without an explanation."""
    unexplained = []
    right = sum(len(declared[name].keys() & found[name].keys()) for name in declared)
    wanted = sum(map(len, declared.values()))
    given = sum(map(len, found.values()))
    for name in sorted(declared.keys() | found.keys()):
        replaced = set()
        for folder, value in sorted(declared[name].keys() - found[name].keys()):
            node = declared[name][folder, value]
            if (folder, value) in idle[name]:
                replaced.add(node)
                print(
                    f"  declared, but the instance of the subgraph has another value: {name}: {folder}/{value} ({node})"
                )
            else:
                unexplained.append(f"declared, not found: {name}: {folder}/{value} ({node})")
        for folder, value in sorted(found[name].keys() - declared[name].keys()):
            node = found[name][folder, value]
            if node in replaced:
                print(f"  found, the value that decides instead: {name}: {folder}/{value} ({node})")
            else:
                unexplained.append(f"found, not declared: {name}: {folder}/{value} ({node})")
    print(f"recall {right}/{wanted} = {right / wanted:.4f}, precision {right}/{given} = {right / given:.4f}")
    return unexplained


def is_workflow(file: Path) -> bool:
    content = json.loads(file.read_text(encoding="utf-8"))
    return isinstance(content, dict) and "nodes" in content


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("templates", type=Path, help="folder with the templates")
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", type=Path, default=HERE.parent / "target" / "tidepool.jar")
    arguments = parser.parse_args()
    lines = run(arguments.java, arguments.jar, arguments.templates)
    read = [name for (name,) in lines["read"]]
    failed = [f"{name}: {reason}" for name, reason in lines["failed"] if is_workflow(arguments.templates / name)]
    print(f"workflows read: {len(read)}; failed or changed: {len(failed)}; other files: {len(lines['failed'])}")
    found, idle, declared = (by_file(lines[kind]) for kind in ("reference", "idle", "declared"))
    print(f"references: {len(lines['reference'])}, looks like a model in unknown nodes: {len(lines['unknown'])}")
    problems = failed + missed_values(arguments.templates, read, [found, idle]) + compare(found, idle, declared)
    for problem in problems:
        print(problem)
    return 1 if problems or not read else 0


if __name__ == "__main__":
    sys.exit(main())
