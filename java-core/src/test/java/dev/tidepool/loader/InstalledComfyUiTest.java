package dev.tidepool.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a ComfyUI of a few lines, which has the modules that the program uses, by a real Python.
 * {@code java-core/check/loaders.py} asks the real ComfyUI.
 */
class InstalledComfyUiTest {
  private static final String NODES =
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

  @TempDir Path folder;

  private ProcessRunner runner;

  @BeforeEach
  void makeComfyUi() throws IOException {
    runner =
        new ProcessRunner(
            Map.of(
                "PATH", System.getenv("PATH"), "TEST_RUNS", folder.resolve("runs.txt").toString()),
            folder.resolve("log.txt"));
    Path comfyUi = Files.createDirectories(folder.resolve("ComfyUI"));
    for (String name : List.of("comfy", "utils", "custom_nodes/pack", "models")) {
      Files.createDirectories(comfyUi.resolve(name));
    }
    write("main.py", "");
    write("requirements.txt", "");
    write("comfyui_version.py", "__version__ = \"9.9\"\n");
    write("comfy/options.py", "def enable_args_parsing(): pass\n");
    write("utils/extra_config.py", "def load_extra_path_config(path): pass\n");
    write("server.py", "class PromptServer:\n    def __init__(self, loop): pass\n");
    write("custom_nodes/pack/__init__.py", "");
    write(
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
    write("nodes.py", NODES);
  }

  @Test
  void nodesOfBothKindsTellTheirFolders() {
    NodeFacts facts = installed().ask();
    Loaders loaders = facts.refine(Loaders.builtIn());

    assertThat(loaders.slots("Old"))
        .containsExactly(
            new LoaderSlot("name", OptionalInt.of(2), List.of("loras"), Map.of("[None]", "")),
            new LoaderSlot("path", OptionalInt.of(3), List.of("diffusers"), Map.of()));
    assertThat(loaders.slots("New"))
        .containsExactly(
            new LoaderSlot("name", OptionalInt.of(0), List.of("GGUF.Models"), Map.of()));
    assertThat(loaders.folder("GGUF.Models").orElseThrow())
        .isEqualTo(
            new ModelFolder(
                "GGUF.Models", List.of("/models/gguf"), java.util.Set.of(".gguf", ".safetensors")));
    assertThat(loaders.folder("loras").orElseThrow().paths())
        .containsExactly("/models/loras", "/output/loras");
    assertThat(loaders.relativeFolders())
        .extracting(ModelFolder::name, ModelFolder::paths)
        .contains(
            org.assertj.core.groups.Tuple.tuple("loras", List.of("loras")),
            org.assertj.core.groups.Tuple.tuple("GGUF.Models", List.of("GGUF.Models", "gguf")));
    assertThat(facts.failed()).containsExactly("bad-pack", "Broken");
    assertThat(facts.files()).isEmpty();
    assertThat(loaders.slots("CheckpointLoaderSimple")).hasSize(1);
  }

  /** What a pack lacks may be there the next time, and no source file tells. */
  @Test
  void answerWithoutSomePacksIsNotKept() throws IOException {
    installed().ask();

    assertThat(installed().isKnown()).isFalse();
    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void answerIsKeptUntilANodePackChanges() throws IOException {
    String broken = "    await load_custom_node(\"/packs/bad-pack\")\n";
    write("nodes.py", NODES.replace(broken, "").replace(", \"Broken\": Broken", ""));
    assertThat(installed().isKnown()).isFalse();
    installed().ask();
    assertThat(installed().isKnown()).isTrue();
    assertThat(installed().ask().refine(Loaders.builtIn()).slots("New")).hasSize(1);
    assertThat(folder.resolve("runs.txt")).hasContent("run");

    Path source = folder.resolve("ComfyUI/custom_nodes/pack/__init__.py");
    Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(installed().isKnown()).isFalse();
    installed().ask();
    assertThat(folder.resolve("runs.txt")).hasContent("run\nrun");
    assertThat(folder.resolve("cache")).isDirectoryNotContaining("glob:**.asking-*");
  }

  @Test
  void comfyUiThatCannotBeLoadedSaysWhy() throws IOException {
    write("nodes.py", "import a_module_that_is_missing\n");

    assertThatThrownBy(() -> installed().ask())
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("comfyui-nodes-unknown");
              assertThat(e.text()).contains("a_module_that_is_missing");
            });
    assertThat(installed().isKnown()).isFalse();
  }

  private InstalledComfyUi installed() {
    return new InstalledComfyUi(
        ComfyUi.in(folder.resolve("ComfyUI")), Path.of("python3"), runner, folder.resolve("cache"));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve("ComfyUI").resolve(name), content);
  }
}
