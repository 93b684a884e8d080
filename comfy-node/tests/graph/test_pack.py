"""The pack in ComfyUI: what it adds, and how it behaves without its core."""

from __future__ import annotations

from pathlib import Path

from graphs import graph

from comfyui import ComfyUI, chosen


def test_both_nodes_stand_under_their_category(comfyui: ComfyUI) -> None:
    for name, inputs in (
        ("PoolProfile", {"required": ["profile", "profile_id"]}),
        ("GridImagePool", {"required": ["index", "pool_id", "slot"], "optional": ["profile"]}),
    ):
        info = comfyui.get(f"/object_info/{name}")[name]
        assert info["category"] == "Datasete Gates"
        assert info["input_order"] == inputs
    pool = comfyui.get("/object_info/GridImagePool")["GridImagePool"]
    assert (pool["display_name"], pool["output_name"]) == (
        "Image Pool (Grid)",
        ["image", "mask", "index", "count", "label"],
    )
    assert all(pool["input"]["required"][name][1]["hidden"] is True for name in ("pool_id", "slot"))


def test_routes_answer_with_and_without_the_prefix(comfyui: ComfyUI) -> None:
    assert "profiles" in comfyui.get("/grid_pool/profiles/list")
    assert comfyui.get("/api/grid_pool/profiles/list") == comfyui.get("/grid_pool/profiles/list")


def test_without_its_core_comfyui_starts_and_the_nodes_say_why(tmp_path: Path) -> None:
    source, python = chosen()
    comfyui = ComfyUI(source, python, tmp_path, {"TIDEPOOL_JAVA_HOME": "/nowhere"})
    try:
        reason = "TIDEPOOL_JAVA_HOME names no Java runtime: /nowhere"
        assert comfyui.get("/object_info/GridImagePool")["GridImagePool"]["category"] == "Datasete Gates"
        assert comfyui.get("/grid_pool/profiles/list")["error"]["code"] == "bridge-unavailable"
        for prompt in (graph(pool_id="p"), graph(profile={"profile": "Sea"})):
            error = comfyui.run(prompt).error
            assert error is not None
            assert error.startswith(reason)
        log = comfyui.log.read_text()
        assert log.count(f"Tidepool cannot run: {reason}") == 1
    finally:
        comfyui.stop()
