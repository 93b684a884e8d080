package dev.tidepool.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples were written by comfydock-core 1.0.11's own code. */
class ManifestTest {
  private static final Path SAMPLES = Path.of("src/test/resources/manifest");
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void newManifestIsWhatComfyDockWrites() throws IOException {
    Manifest manifest =
        Manifest.initial(
            new Manifest.Start(
                "test",
                "3.11",
                new ComfyUiPin("v0.3.60", Optional.of("release"), Optional.of("abc123def")),
                "cpu"));
    assertThat(lines(manifest.text())).containsExactlyElementsOf(lines(sample("initial")));
  }

  @Test
  void torchSettingsAreWhatComfyDockWrites() throws IOException {
    Manifest manifest =
        Manifest.parse(sample("initial"))
            .withIndex("pytorch-cpu", "https://download.pytorch.org/whl/cpu")
            .withSource("torch", "pytorch-cpu")
            .withSource("torchvision", "pytorch-cpu")
            .withSource("torchaudio", "pytorch-cpu")
            .withConstraints(
                List.of("torch==2.9.0+cpu", "torchvision==0.24.0+cpu", "torchaudio==2.9.0+cpu"));
    assertThat(lines(manifest.text())).containsExactlyInAnyOrderElementsOf(lines(sample("torch")));
    assertThat(manifest.constraints()).hasSize(3);
    assertThat(manifest.sources()).containsExactly("torch", "torchvision", "torchaudio");
    assertThat(manifest.indexes())
        .isEqualTo(Map.of("pytorch-cpu", "https://download.pytorch.org/whl/cpu"));
  }

  @Test
  void everythingThatComfyDockWroteIsRead() throws IOException {
    Manifest manifest = Manifest.parse(sample("two-workflows"));
    assertThat(manifest.comfyUi().version()).isEqualTo("v0.3.60");
    assertThat(manifest.pythonVersion()).isEqualTo("3.11");
    assertThat(manifest.nodes().keySet())
        .containsExactly("comfyui-impact-pack", "rgthree-comfy", "my nodes");
    assertThat(manifest.nodes().values())
        .extracting(NodeEntry::source)
        .containsExactly(NodeSource.REGISTRY, NodeSource.GIT, NodeSource.DEVELOPMENT);
    assertThat(manifest.groupOf("comfyui-impact-pack")).contains("comfyui-impact-pack-0cd1b221");
    assertThat(manifest.groups().get("comfyui-impact-pack-0cd1b221"))
        .endsWith("piexif ; sys_platform == \"linux\"");
    WorkflowEntry flow = workflow(manifest, "my flow");
    assertThat(flow.nodes()).containsExactly("comfyui-impact-pack", "rgthree-comfy");
    assertThat(flow.models().get(0).nodes().get(1))
        .isEqualTo(new NodeRef("9", "CheckpointLoaderSimple", 0, "sub/sd15.safetensors"));
    assertThat(flow.models().get(0).isResolved()).isTrue();
    assertThat(flow.models().get(1).nodes().get(0).widgetValue())
        .isEqualTo("x\"y\\lora.safetensors");
    assertThat(workflow(manifest, "second").customNodeMap())
        .containsExactly(
            Map.entry("Power Lora Loader (rgthree)", "rgthree-comfy"), Map.entry("Opt", false));
    assertThat(manifest.models().get("a1b2c3d4e5f60718"))
        .isEqualTo(
            new ModelEntry(
                "a1b2c3d4e5f60718",
                "sd15.safetensors",
                4265146304L,
                "checkpoints/sd15.safetensors",
                "checkpoints",
                List.of("https://hf.co/x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"three-nodes", "workflow", "two-workflows", "node-removed-and-added", "torch"})
  void writingWhatIsThereChangesNoByte(String name) throws IOException {
    Manifest manifest = Manifest.parse(sample(name));
    Manifest written = manifest;
    for (Map.Entry<String, NodeEntry> node : manifest.nodes().entrySet()) {
      written = written.withNode(node.getKey(), node.getValue());
    }
    written = written.withWorkflows(manifest.workflows()).withModels(manifest.models().values());
    written = written.withConstraints(manifest.constraints()).withComfyUi(manifest.comfyUi());
    written = written.withDependencies(manifest.dependencies());
    assertThat(written.text()).isEqualTo(manifest.text());
  }

  @Test
  void comfyDocksOwnStepsComeOutAlike() throws IOException {
    Manifest manifest =
        Manifest.parse(sample("torch"))
            .withNode(
                "comfyui-impact-pack",
                new NodeEntry(
                    "ComfyUI-Impact-Pack",
                    Optional.of("comfyui-impact-pack"),
                    Optional.of("https://github.com/ltdrdata/ComfyUI-Impact-Pack"),
                    Optional.of("8.28.0"),
                    NodeSource.REGISTRY,
                    Optional.of("https://cdn.comfy.org/x/8.28.0/node.zip"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty()))
            .withGroup(
                "comfyui-impact-pack-0cd1b221",
                List.of(
                    "segment-anything",
                    "scikit-image>=0.20",
                    "piexif ; sys_platform == \"linux\""));
    assertThat(lines(manifest.text())).containsExactlyElementsOf(lines(sample("one-node")));
    assertThat(manifest.withoutNode("comfyui-impact-pack").text()).isEqualTo(sample("torch"));
  }

  @Test
  void workflowsComeOutAlike() throws IOException {
    Manifest whole = Manifest.parse(sample("two-workflows"));
    Manifest manifest =
        Manifest.parse(sample("three-nodes"))
            .withModels(whole.models().values())
            .withWorkflows(whole.workflows());
    assertThat(manifest.workflows()).isEqualTo(whole.workflows());
    assertThat(manifest.models()).isEqualTo(whole.models());
    List<String> written = lines(manifest.text());
    List<String> wanted = lines(sample("two-workflows"));
    String first = "[tool.comfydock.workflows.\"my flow\"]";
    assertThat(written.subList(written.indexOf(first), written.indexOf("[tool.uv]")))
        .containsExactlyElementsOf(
            wanted.subList(wanted.indexOf(first), wanted.indexOf("[tool.uv]")));
  }

  @Test
  void unknownKeysSurviveEveryChange() {
    String text =
        """
        [tool.comfydock.nodes.a]
        name = "A"
        mine = 1 # why
        source = "github"

        [tool.comfydock.workflows.w]
        path = "workflows/w.json"
        note = "n"
        models = [{filename = "f", category = "c", extra = true, nodes = []}]
        """;
    Manifest manifest = Manifest.parse(text);
    WorkflowEntry old = workflow(manifest, "w");
    assertThat(old.models().get(0).criticality()).isEqualTo("flexible");
    Manifest changed =
        manifest
            .withNode("a", NodeEntry.git("A", "https://x/a.git", COMMIT))
            .withWorkflow("w", new WorkflowEntry(old.path(), List.of("a"), old.models(), Map.of()));
    assertThat(changed.text())
        .contains("mine = 1 # why", "source = \"git\"", "note = \"n\"", "extra = true")
        .contains("nodes = [\"a\"]");
  }

  @Test
  void modelsThatNobodyNeedsGo() throws IOException {
    Manifest manifest = Manifest.parse(sample("two-workflows"));
    assertThat(manifest.withoutModelsBut(Set.of("a1b2c3d4e5f60718")).text())
        .isEqualTo(manifest.text());
    assertThat(manifest.withoutModelsBut(Set.of()).text()).doesNotContain("comfydock.models");
    assertThat(manifest.withoutWorkflow("second").workflows()).containsOnlyKeys("my flow");
  }

  @Test
  void groupsInTheSpecificationsFormsAreFound() {
    String node = "[tool.comfydock.nodes.a]\nname = \"A\"\n\n[dependency-groups]\n";
    assertThat(Manifest.parse(node + "a = [\"x\"]\n").groupOf("a")).contains("a");
    Manifest manifest = Manifest.parse(node + "\"node:a\" = [\"x\"]\n");
    assertThat(manifest.groupOf("a")).contains("node:a");
    assertThat(manifest.withoutNode("a").text()).isEmpty();
  }

  @Test
  void wrongShapesAreNamed(@TempDir Path folder) throws IOException {
    assertThat(code(() -> Manifest.parse("tool.comfydock.nodes = 1").nodes()))
        .isEqualTo("manifest-invalid");
    assertThat(code(() -> Manifest.parse("[project]\ndependencies = [1]").dependencies()))
        .isEqualTo("manifest-invalid");
    assertThat(code(() -> Manifest.read(folder.resolve("none")))).isEqualTo("manifest-not-found");
    Path file = folder.resolve("päth ä.toml");
    Files.write(file, new byte[] {'a', '=', '"', (byte) 0xff, '"'});
    assertThat(code(() -> Manifest.read(file))).isEqualTo("toml-invalid");
  }

  private static String code(Runnable work) {
    TidepoolException error = catchThrowableOfType(TidepoolException.class, work::run);
    assertThat(error).isNotNull();
    return error.code();
  }

  private static WorkflowEntry workflow(Manifest manifest, String name) {
    return Objects.requireNonNull(manifest.workflows().get(name));
  }

  private static String sample(String name) throws IOException {
    return Files.readString(SAMPLES.resolve(name + ".toml"));
  }

  /** The lines that say something: ComfyDock's blank lines are an accident of its library. */
  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}
