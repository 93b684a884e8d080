package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** ComfyUI in a container: what goes in, what comes out, and that nothing stays behind. */
@EnabledIfSystemProperty(named = "tidepool.server", matches = "container")
class ComfyUiContainerTest {
  /** A pack whose node is there only where its requirement is installed. */
  private static final String PACK =
      """
      import six

      class %1$s:
          INPUT_TYPES = classmethod(lambda cls: {"required": {}})
          RETURN_TYPES = ()
          FUNCTION = "run"

      NODE_CLASS_MAPPINGS = {"%1$s": %1$s}
      """;

  @TempDir Path folder;

  private static ServerSettings settings() {
    return ServerSettings.fromProperties().withoutPacks();
  }

  @Test
  void getsPacksModelsAndFilesAndOutlivesADeath() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(models.resolve("checkpoints"));
    Files.writeString(models.resolve("checkpoints/tiny.safetensors"), "no model");
    ServerSettings settings =
        settings()
            .withPacks(List.of(PackSource.parse(zipped().toString()), PackSource.parse(cloned())))
            .withNodes(List.of("FromZip", "FromGit"))
            .withModels(Optional.of(models));
    try (ComfyUiContainer server = (ComfyUiContainer) ComfyUi.start(settings)) {
      assertThat(server.api().objectInfo("CheckpointLoaderSimple").toString())
          .contains("tiny.safetensors");

      Path sent = Files.writeString(folder.resolve("sent.txt"), "there and back");
      server.copyIn(sent, "/opt/sent.txt");
      server.copyOut("/opt/sent.txt", folder.resolve("received.txt"));
      assertThat(folder.resolve("received.txt")).hasSameBinaryContentAs(sent);
      Files.writeString(server.base().resolve("input/seen.txt"), "seen");
      assertThat(server.api().send("GET", "/view?filename=seen.txt&type=input").text())
          .isEqualTo("seen");

      URI address = server.address();
      long printed = Files.size(server.log());
      server.kill();
      assertThat(server.api().isReady()).isFalse();
      server.start();
      assertThat(server.address()).isEqualTo(address);
      assertThat(server.api().objectInfo().has("FromZip")).isTrue();
      assertThat(Files.size(server.log())).isGreaterThan(printed);
    }
  }

  @Test
  void saysWhichNodeIsMissingAndRemovesTheContainer() {
    List<String> before = containers();
    assertThatThrownBy(() -> ComfyUi.start(settings().withNodes(List.of("NoSuchNode"))))
        .hasStackTraceContaining("ComfyUI started without the nodes [NoSuchNode]")
        .hasStackTraceContaining("To see the GUI go to");
    assertThat(containers()).isEqualTo(before);
  }

  @Test
  void saysHowToNameAnotherBaseImage() {
    Place nowhere = new Place.Container("localhost:1/no/image:here", List.of(), Optional.empty());
    assertThatThrownBy(() -> ComfyUi.start(settings().in(nowhere)))
        .hasMessageContaining("the base image localhost:1/no/image:here is not there")
        .hasMessageContaining("-Dtidepool.base-image=");
  }

  @Test
  void removesWhatADeadProcessLeft() {
    DockerEngine engine = DockerEngine.connect();
    String image = System.getProperty("tidepool.base-image", Place.Container.USUAL_BASE_IMAGE);
    String abandoned =
        engine
            .client()
            .createContainerCmd(image)
            .withCmd("true")
            .withLabels(Map.of(DockerEngine.OWNER, "1@1"))
            .withHostConfig(HostConfig.newHostConfig())
            .exec()
            .getId();
    DockerEngine.connect();
    assertThatThrownBy(() -> engine.client().inspectContainerCmd(abandoned).exec())
        .isInstanceOf(NotFoundException.class);
  }

  /** The containers of this process. */
  private static List<String> containers() {
    return DockerEngine.connect().containersOf(DockerEngine.owner());
  }

  private Path zipped() throws IOException {
    Path file = folder.resolve("zipped.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("zipped/__init__.py"));
      zip.write(PACK.formatted("FromZip").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("zipped/requirements.txt"));
      zip.write("six==1.17.0\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return file;
  }

  /** The URL of a git repository with a pack, at its tag v1. */
  private String cloned() throws IOException {
    Path repository = Files.createDirectories(folder.resolve("cloned"));
    git(repository, "init", "--quiet");
    Files.writeString(repository.resolve("__init__.py"), PACK.formatted("FromGit"));
    git(repository, "add", ".");
    git(repository, "commit", "--quiet", "-m", "A pack");
    git(repository, "tag", "v1");
    Files.writeString(repository.resolve("__init__.py"), "raise SystemExit('not this commit')");
    git(repository, "commit", "--quiet", "--all", "-m", "A broken pack");
    return repository.toUri() + "@v1";
  }

  private static void git(Path repository, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of("-c", "user.name=Tester", "-c", "user.email=tester@example.org"));
    command.addAll(List.of(arguments));
    Command.run(new ProcessBuilder(command));
  }
}
