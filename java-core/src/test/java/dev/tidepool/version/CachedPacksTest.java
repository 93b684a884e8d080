package dev.tidepool.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.PackZip;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.nodepack.TestPacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollbacks that bring node packs back from the cache and from the registry. */
class CachedPacksTest {
  @TempDir Path folder;
  private RegistryServer server;
  private VersionWorld world;

  @BeforeEach
  void make() throws IOException {
    server = new RegistryServer();
    server.pack("some-pack", "Some Pack", "https://github.com/a/some-pack");
    server.version("some-pack", "1.9.0", PackZip.pack("nine"));
    world = VersionWorld.in(folder);
    world.write("ComfyUI/custom_nodes/some-pack/__init__.py", "# mine");
    world.record(
        "some-pack",
        NodeEntry.registry("some-pack", "some-pack", "1.9.0").withDownloadUrl(download()));
    world.commit("With the pack");
    Folders.delete(world.environment.customNodes().resolve("some-pack"));
    world.forget("some-pack");
    world.commit("Without");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void packIsDownloadedOnceAndThenComesOutOfTheCache() throws IOException {
    back("v2");
    assertThat(world.environment.customNodes().resolve("some-pack/nodes/über uns.py"))
        .hasContent("x = 1");

    back("v3");
    assertThat(world.environment.customNodes().resolve("some-pack")).doesNotExist();
    server.close();

    back("v2");
    assertThat(world.environment.customNodes().resolve("some-pack/nodes/über uns.py"))
        .hasContent("x = 1");
  }

  @Test
  void packThatIsNotInTheCacheAndHasNoNetworkLeavesEverything() throws IOException {
    server.close();
    Map<String, String> before = world.files();

    assertThatThrownBy(() -> back("v2")).isInstanceOf(TidepoolException.class);

    assertThat(world.files()).isEqualTo(before);
    assertThat(Files.exists(world.environment.customNodes().resolve("some-pack"))).isFalse();
  }

  private String download() {
    return TestPacks.of(server, folder.resolve("looking"))
        .find(
            new dev.tidepool.nodepack.PackRequest.Registered("some-pack", Optional.of("1.9.0")),
            Steps.silent())
        .download()
        .orElseThrow();
  }

  private void back(String version) {
    Rollback rollback =
        world.rollback(new CachedPacks(() -> TestPacks.of(server, folder.resolve("caches"))));
    rollback.apply(rollback.plan(Optional.of(version)), Steps.silent());
  }
}
