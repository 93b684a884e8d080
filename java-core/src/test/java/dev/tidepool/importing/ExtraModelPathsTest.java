package dev.tidepool.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Environment;
import dev.tidepool.importing.PlannedModel.State;
import dev.tidepool.version.Graphs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in the folders that an environment's {@code extra_model_paths.yaml} names. */
class ExtraModelPathsTest {
  private static final byte[] SEA = "the deep sea".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SKY = "the wide sky".getBytes(StandardCharsets.UTF_8);

  private ImportWorld world;
  private Environment work;
  private Path other;

  @BeforeEach
  void make(@TempDir Path temp) throws IOException {
    world = new ImportWorld(temp);
    work = world.plain("work");
    other = world.folder.resolve("Andere Modelle");
    ImportWorld.write(
        work.comfyUi().resolve("extra_model_paths.yaml"),
        "other:\n    base_path: " + other + "\n    checkpoints: Stable-diffusion\n");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void modelThereIsUsedWhereItIsUnderItsNameThere() throws IOException {
    Path file = write(other.resolve("Stable-diffusion/mine/meer.safetensors"), SEA);
    write(other.resolve("Stable-diffusion/sky.safetensors"), SKY);

    ImportReport report = merge();

    assertThat(report.models())
        .singleElement()
        .satisfies(
            model -> {
              assertThat(model.state()).isEqualTo(State.PRESENT);
              assertThat(model.file()).contains(file);
            });
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text("mine/meer.safetensors", 1));
    assertThat(files(world.models)).isEmpty();
    assertThat(world.server.asked()).isEmpty();
  }

  @Test
  void modelWhoseNameMeansAnotherInTheWorkspaceGetsANameOfItsOwn() throws IOException {
    Path file = write(other.resolve("Stable-diffusion/sea.safetensors"), SEA);
    world.model("checkpoints/sea.safetensors", SKY);

    merge();

    Path named = world.models.resolve("checkpoints/sea (2).safetensors");
    assertThat(Files.isSameFile(named, file)).isTrue();
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text("sea (2).safetensors", 1));
    assertThat(world.server.asked()).isEmpty();
  }

  @Test
  void copyUnderTheSameNameIsNoOtherModel() throws IOException {
    write(other.resolve("Stable-diffusion/sea.safetensors"), SEA);
    world.model("checkpoints/sea.safetensors", SEA);

    merge();

    assertThat(files(world.models))
        .containsExactly(world.models.resolve("checkpoints/sea.safetensors"));
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text("sea.safetensors", 1));
  }

  @Test
  void modelInTheComfyUisOwnFolderIsUsedToo() throws IOException {
    Path file = write(work.comfyUi().resolve("models/checkpoints/own.safetensors"), SEA);

    ImportReport report = merge();

    assertThat(report.models().get(0).file()).contains(file);
    assertThat(work.liveWorkflows().resolve("portrait.json"))
        .hasContent(Graphs.text("own.safetensors", 1));
  }

  private ImportReport merge() throws IOException {
    URI sea = world.server.file("/sea", SEA);
    BundleForge forge =
        new BundleForge()
            .model("checkpoints/sea.safetensors", SEA, sea)
            .workflow("portrait", "sea.safetensors");
    return world.run(forge, world.request("work", true), MergeQuestions.none());
  }

  private static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    return Files.write(file, content);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
