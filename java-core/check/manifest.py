"""Reads manifests that Tidepool writes with ComfyDock's own code, and has Tidepool add to one that ComfyDock wrote.

    uv run --no-project --with comfydock-core==1.0.11 java-core/check/manifest.py --jar java-core/target/tidepool.jar

Ends with 1 at the first thing that ComfyDock reads otherwise than it was meant.
"""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from comfydock_core.managers.pyproject_manager import PyprojectManager
from comfydock_core.models.shared import NodeInfo

HERE = Path(__file__).parent


def check(file: Path) -> None:
    """Reads what ManifestCheck.java wrote."""
    tomllib.loads(file.read_text(encoding="utf-8"))
    manager = PyprojectManager(file)
    nodes = manager.nodes.get_existing()
    assert nodes["our-pack"].name == "Our Päck" and nodes["our-pack"].source == "registry", nodes
    assert nodes["our-pack"].download_url == "https://x/node.zip"
    assert nodes["git pack"].version == "0" * 40 and nodes["git pack"].dependency_sources == ["torch"]
    assert nodes["mine"].version == "dev" and nodes["mine"].source == "development"
    group = manager.nodes.generate_group_name(nodes["our-pack"], "our-pack")
    assert manager.dependencies.get_groups()[group][0] == "numpy", manager.dependencies.get_groups()
    first, second = manager.workflows.get_workflow_models("our/flow")
    assert first.hash == "00aa11bb22cc33dd" and first.status == "resolved"
    assert first.nodes[0].widget_value == 'sub\\m "1".safetensors' and first.nodes[0].widget_index == 0
    assert second.hash is None and second.relative_path == "vae/n.safetensors" and second.sources == ["https://x/n"]
    assert manager.workflows.get_custom_node_map("our/flow") == {'Some "Node"': "our-pack", "Optional": False}
    assert manager.workflows.get_workflow("our/flow")["nodes"] == ["our-pack"]
    model = manager.models.get_by_hash("00aa11bb22cc33dd")
    assert model is not None and model.size == 5_000_000_000 and model.relative_path == "loras/m.safetensors"
    assert manager.uv_config.get_constraints() == ["torch==2.9.0+cpu"]
    assert manager.uv_config.get_source_names() >= {"torch"}
    # ComfyDock can go on from there.
    manager.nodes.add(NodeInfo(name="later", registry_id="later", version="1", source="registry"), "later")
    manager.nodes.remove("our-pack")
    left = PyprojectManager(file)
    assert set(left.nodes.get_existing()) >= {"git pack", "mine", "later"}
    assert group not in left.dependencies.get_groups()


def main() -> int:
    """Checks a new manifest and every frozen sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", required=True, help="the class path with Tidepool's core")
    arguments = parser.parse_args()
    samples = sorted((HERE.parent / "src/test/resources/manifest").glob("*.toml"))
    with tempfile.TemporaryDirectory() as folder:
        for sample in [None, *samples]:
            file = Path(folder, "pyproject.toml")
            command = [arguments.java, "-cp", arguments.jar, str(HERE / "ManifestCheck.java"), str(file)]
            subprocess.run(command + ([str(sample)] if sample else []), check=True)
            check(file)
            print(f"ok {sample.name if sample else 'new'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
