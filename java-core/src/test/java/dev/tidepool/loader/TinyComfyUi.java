package dev.tidepool.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A ComfyUI of a few lines, which has the modules that are used to ask for its nodes: {@code Old},
 * and {@code New} of the node pack {@code pack}, which loads from the folder {@code GGUF.Models}. A
 * pack that cannot be loaded is among them. Each time they are loaded, a line is added to the file
 * that the environment variable {@code TEST_RUNS} names.
 */
public final class TinyComfyUi {
  /** The file nodes.py. */
  static final String NODES =
      """
      import os, sys
      import folder_paths
      class Old:
          @classmethod
          def INPUT_TYPES(cls):
              found = [d for p in folder_paths.get_folder_paths("diffusers") for d in os.listdir(p)]
              return {"required": {"model": ("MODEL",), "seed": ("INT", {}),
                                   "name": (folder_paths.get_filename_list("loras") + ["[None]"],)},
                      "optional": {"path": (sorted(found),), "color": (["red"],)}}
      class New:
          RELATIVE_PYTHON_MODULE = "custom_nodes.pack"
          @classmethod
          def GET_NODE_INFO_V1(cls):
              files = [f for f in folder_paths.get_filename_list("GGUF.Models") if f.endswith(".gguf")]
              return {"input": {"required": {"name": ("COMBO", {"options": files, "tooltip": object()})}}}
      class Broken:
          @classmethod
          def INPUT_TYPES(cls):
              raise ValueError("broken")
      NODE_CLASS_MAPPINGS = {"Old": Old, "Broken": Broken}
      async def load_custom_node(path):
          return "bad" not in path
      async def init_extra_nodes(init_custom_nodes=True):
          print("noise on stdout")
          with open(os.environ["TEST_RUNS"], "a") as runs:
              runs.write("run\\n")
          await load_custom_node("/packs/bad-pack")
          folder_paths.folder_names_and_paths["GGUF.Models"] = (["/models/gguf"], {".gguf", ".safetensors"})
          NODE_CLASS_MAPPINGS["New"] = New
      """;

  private TinyComfyUi() {}

  /** Writes it into a folder. */
  public static void in(Path folder) throws IOException {
    for (String name : List.of("comfy", "utils", "custom_nodes/pack", "models")) {
      Files.createDirectories(folder.resolve(name));
    }
    write(folder, "main.py", "");
    write(folder, "requirements.txt", "");
    write(folder, "comfyui_version.py", "__version__ = \"9.9\"\n");
    write(folder, "comfy/options.py", "def enable_args_parsing(): pass\n");
    write(folder, "utils/extra_config.py", "def load_extra_path_config(path): pass\n");
    write(folder, "server.py", "class PromptServer:\n    def __init__(self, loop): pass\n");
    write(folder, "custom_nodes/pack/__init__.py", "");
    write(
        folder,
        "folder_paths.py",
        """
        folder_names_and_paths = {"loras": (["/models/loras"], {".safetensors", ".pt"}),
                                  "diffusers": (["/models/diffusers"], ["folder"])}
        def get_folder_paths(name): return list(folder_names_and_paths[name][0])
        def add_model_folder_path(name, path): folder_names_and_paths.setdefault(name, ([], set()))[0].append(path)
        def get_output_directory(): return "/output"
        def set_user_directory(path): pass
        def get_filename_list(name): return []
        """);
    write(folder, "nodes.py", NODES);
  }

  /** A workflow of one node {@code New}, which loads this file. */
  public static String workflow(String model) {
    return """
    {"last_node_id":1,"nodes":[
      {"id":1,"type":"New","pos":[10,20],"mode":0,
       "inputs":[{"name":"name","type":"COMBO","widget":{"name":"name"},"link":null}],
       "outputs":[],"properties":{},"widgets_values":["%s"]}],
     "links":[],"groups":[],"config":{},"version":0.4}
    """
        .formatted(model);
  }

  private static void write(Path folder, String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
