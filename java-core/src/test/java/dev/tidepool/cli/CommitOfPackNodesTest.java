package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.cli.Session.Run;
import dev.tidepool.loader.TinyComfyUi;
import dev.tidepool.version.VersionWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows with loaders that only the environment's own node packs bring. */
class CommitOfPackNodesTest {
  @TempDir Path folder;
  private VersionWorld world;
  private Session session;

  @BeforeEach
  void make() throws Exception {
    world = VersionWorld.in(folder);
    session =
        new Session(world.folder)
            .with("TIDEPOOL_HOME", world.folder.toString())
            .with("PATH", System.getenv("PATH"))
            .with("TEST_RUNS", runs().toString());
    TinyComfyUi.in(world.environment.comfyUi());
    Process venv =
        new ProcessBuilder(
                List.of(
                    "python3", "-m", "venv", "--without-pip", world.environment.venv().toString()))
            .inheritIO()
            .start();
    assertThat(venv.waitFor()).isZero();
    world.model("GGUF.Models/sea.gguf");
  }

  @Test
  void modelsOfPackNodesAreRecorded() throws IOException {
    world.save("portrait", TinyComfyUi.workflow("sea.gguf"));
    assertThat(session.run("status", "--json").out().get(0)).contains("\"models\":[]");

    Run commit = session.run("commit", "-m", "With a pack", "--json");

    assertThat(commit.exitCode()).isZero();
    assertThat(commit.out().get(0)).contains("\"unresolved\":[]");
    assertThat(world.read(".cec/pyproject.toml"))
        .contains("sea.gguf", "GGUF.Models")
        .doesNotContain("unresolved");
    assertThat(session.run("status", "--json").out().get(0))
        .contains("\"value\":\"sea.gguf\"")
        .contains("\"type\":\"New\"");
  }

  @Test
  void comfyUiIsAskedOnlyWhenAPackChanged() throws IOException {
    world.save("portrait", TinyComfyUi.workflow("sea.gguf"));
    session.run("commit");
    world.save("portrait", TinyComfyUi.workflow("nowhere.gguf"));

    Run commit = session.run("commit", "--json");

    assertThat(commit.out().get(0)).contains("\"value\":\"nowhere.gguf\"");
    assertThat(runs()).hasContent("run");
  }

  @Test
  void commitGoesOnWhenComfyUiCannotTell() throws IOException {
    Files.writeString(world.environment.comfyUi().resolve("nodes.py"), "import is_missing\n");
    world.save("portrait", TinyComfyUi.workflow("sea.gguf"));

    Run commit = session.run("commit", "-m", "All the same");

    assertThat(commit.exitCode()).isZero();
    assertThat(commit.out()).contains("v2  All the same");
    assertThat(commit.err()).anyMatch(line -> line.contains("is_missing"));
  }

  private Path runs() {
    return folder.resolve("runs.txt");
  }
}
