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
 * Asks a ComfyUI of a few lines by a real Python. {@code java-core/check/loaders.py} asks the real
 * ComfyUI.
 */
class InstalledComfyUiTest {
  @TempDir Path folder;

  private ProcessRunner runner;

  @BeforeEach
  void makeComfyUi() throws IOException {
    runner =
        new ProcessRunner(
            Map.of(
                "PATH", System.getenv("PATH"), "TEST_RUNS", folder.resolve("runs.txt").toString()),
            folder.resolve("log.txt"));
    TinyComfyUi.in(folder.resolve("ComfyUI"));
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
  void packsThatCouldNotBeLoadedAreAskedAgain() throws IOException {
    assertThat(installed().isTried()).isFalse();
    installed().ask();

    assertThat(installed().isTried()).isTrue();
    assertThat(installed().isKnown()).isFalse();
    installed().ask();
    assertThat(folder.resolve("runs.txt")).hasContent("run\nrun");
  }

  @Test
  void lastAnswerIsThereUntilAnotherComes() throws IOException {
    assertThat(kept().facts()).isEmpty();
    String none = kept().name();
    installed().ask();
    String first = kept().name();
    assertThat(first).isNotEqualTo(none);

    Path source = folder.resolve("ComfyUI/custom_nodes/pack/__init__.py");
    Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(installed().isTried()).isFalse();
    Loaders loaders = kept().facts().orElseThrow().refine(Loaders.builtIn());
    assertThat(loaders.slots("New")).hasSize(1);
    assertThat(kept().name()).isEqualTo(first);
    installed().ask();
    assertThat(kept().name()).isNotEqualTo(first);
  }

  @Test
  void answerIsKeptUntilANodePackChanges() throws IOException {
    String broken = "    await load_custom_node(\"/packs/bad-pack\")\n";
    write("nodes.py", TinyComfyUi.NODES.replace(broken, "").replace(", \"Broken\": Broken", ""));
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

  private KeptFacts kept() {
    return new KeptFacts(folder.resolve("ComfyUI"), folder.resolve("cache"));
  }

  private InstalledComfyUi installed() {
    return new InstalledComfyUi(
        ComfyUi.in(folder.resolve("ComfyUI")), Path.of("python3"), runner, folder.resolve("cache"));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve("ComfyUI").resolve(name), content);
  }
}
