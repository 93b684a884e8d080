package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidepool.environment.Environment;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.history.Version;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.workflow.WorkflowChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDiffTest {
  private static final String GRAPH =
      """
      {"nodes":[{"id":1,"type":"LoraLoader","widgets_values":["%s",1,1],"inputs":[],"outputs":[]}],
      "links":[]}
      """;

  @TempDir Path folder;
  private Environment environment = environment(Path.of("x"));
  private History history = history();
  private Manifest manifest = Manifest.parse("");

  @BeforeEach
  void makeFirstVersion() throws IOException {
    environment = environment(folder.resolve("Umgebung ä"));
    history = history();
    manifest =
        Manifest.initial(
                new Manifest.Start(
                    "x",
                    "3.11",
                    new ComfyUiPin("v0.3.0", Optional.of("release"), Optional.empty()),
                    "cpu"))
            .withNode("a", NodeEntry.registry("A", "a", "1.0"))
            .withNode("b", NodeEntry.development("b"));
    write(environment.pyproject(), manifest.text());
    write(environment.lock(), lock("numpy", "1.0", "torch", "2.0"));
    write(environment.workflows().resolve("sub/one.json"), String.format(Locale.ROOT, GRAPH, "x"));
    write(environment.workflows().resolve("two.json"), String.format(Locale.ROOT, GRAPH, "x"));
    history.create("Begin");
  }

  @Test
  void everythingThatDiffersBetweenVersionsIsNamed() throws IOException {
    manifest =
        manifest
            .withoutNode("b")
            .withNode("a", NodeEntry.registry("A", "a", "2.0"))
            .withNode("c", NodeEntry.git("c", "https://x/c", "abc"))
            .withModels(List.of(new ModelEntry("k", "m", 1, "loras/m", "loras", List.of())))
            .withComfyUi(new ComfyUiPin("v0.4.0", Optional.of("release"), Optional.empty()));
    write(environment.pyproject(), manifest.text());
    write(environment.lock(), lock("numpy", "1.1", "zstd", "3.0"));
    write(environment.workflows().resolve("sub/one.json"), String.format(Locale.ROOT, GRAPH, "y"));
    Files.delete(environment.workflows().resolve("two.json"));
    write(environment.workflows().resolve("three.json"), "{}");
    Version second = history.commit("Second").orElseThrow();
    VersionDiff diff = between(history.resolve("v1"), second);
    assertThat(diff.settings()).containsExactly(difference("ComfyUI", "v0.3.0", "v0.4.0"));
    assertThat(diff.nodePacks())
        .containsExactly(
            difference("a", "1.0", "2.0"),
            difference("b", "dev", null),
            difference("c", null, "abc"));
    assertThat(diff.packages())
        .containsExactly(
            difference("numpy", "1.0", "1.1"),
            difference("torch", "2.0", null),
            difference("zstd", null, "3.0"));
    assertThat(diff.models()).containsExactly(difference("loras/m", null, "k"));
    assertThat(diff.workflows())
        .extracting(WorkflowDifference::name, WorkflowDifference::kind)
        .containsExactly(
            tuple("sub/one", WorkflowDifference.Kind.CHANGED),
            tuple("three", WorkflowDifference.Kind.ADDED),
            tuple("two", WorkflowDifference.Kind.REMOVED));
    assertThat(diff.workflows().get(0).changes())
        .extracting(WorkflowChange::node, WorkflowChange::name)
        .containsExactly(tuple("1", "lora_name"));
    assertThat(between(second, second).isEmpty()).isTrue();
  }

  @Test
  void stateOnDiskHasTheWorkflowsOfComfyUi() throws IOException {
    write(
        environment.liveWorkflows().resolve("sub/one.json"),
        String.format(Locale.ROOT, GRAPH, "x"));
    write(environment.liveWorkflows().resolve("two.json"), "[]");
    write(environment.liveWorkflows().resolve(".index.json"), "[]");
    VersionDiff diff =
        VersionDiff.onDisk(
            history, history.resolve("HEAD"), environment, Loaders.builtIn()::widgetNames);
    assertThat(diff.workflows()).hasSize(1);
    assertThat(diff.workflows().get(0).name()).isEqualTo("two");
    assertThat(diff.workflows().get(0).problem()).isPresent();
    assertThat(diff.packages()).isEmpty();
  }

  @Test
  void ignoredWorkflowsDoNotDiffer() throws IOException {
    write(environment.workflows().resolve("drafts/a.json"), "{}");
    history.commit("Drafts");
    write(environment.liveWorkflows().resolve("drafts/a.json"), "[]");
    write(environment.liveWorkflows().resolve("drafts/b.json"), "[]");
    write(environment.cec().resolve(".comfydock_ignore"), "drafts/\n");

    VersionDiff diff =
        VersionDiff.onDisk(
            history, history.resolve("HEAD"), environment, Loaders.builtIn()::widgetNames);

    assertThat(diff.workflows())
        .extracting(WorkflowDifference::name)
        .noneMatch(name -> name.startsWith("drafts/"));
  }

  private VersionDiff between(Version before, Version after) {
    return VersionDiff.between(history, before, after, Loaders.builtIn()::widgetNames);
  }

  private static Difference difference(
      String name, @Nullable String before, @Nullable String after) {
    return new Difference(name, Optional.ofNullable(before), Optional.ofNullable(after));
  }

  private static String lock(String... packages) {
    StringBuilder text =
        new StringBuilder(
            "version = 1\n\n[[package]]\nname = \"x\"\nversion = \"0\"\nsource = { virtual = \".\" }\n");
    for (int i = 0; i < packages.length; i += 2) {
      text.append("\n[[package]]\nname = \"" + packages[i] + "\"\n");
      text.append("version = \"" + packages[i + 1] + "\"\n");
    }
    return text.toString();
  }

  private static Environment environment(Path folder) {
    return new Environment("x", folder, new StoreLocks(), Clock.systemUTC());
  }

  private History history() {
    return environment.history(new Identity("Ann", "ann@example.org"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
