package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.cli.Session.Run;
import dev.tidepool.nodepack.PackZip;
import dev.tidepool.nodepack.RegistryServer;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import dev.tidepool.version.VersionWorld;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole command lines about node packs, with the real uv and a registry of this machine. */
class NodeCommandsTest {
  @TempDir Path folder;
  private RegistryServer registry;
  private PackageIndex index;
  private VersionWorld world;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryServer().pack("shells", "Shells", "https://git.example/a/shells");
    registry.version("shells", "1.0.0", PackZip.pack("one"));
    index = new PackageIndex();
    world = VersionWorld.in(folder);
  }

  @AfterEach
  void stop() {
    registry.close();
    index.close();
  }

  @Test
  void packComesIsUpdatedAndGoes() throws IOException {
    Run added = run("", "node add shells");
    assertThat(added.err()).contains("Added Shells 1.0.0.");
    assertThat(run("", "node list").out())
        .containsExactly(
            "ID      FOLDER  SOURCE    VERSION  BRANCH  STATE",
            "shells  Shells  registry  1.0.0            present");
    assertThat(run("", "node list --dev").err()).containsExactly("No node packs.");

    registry.version("shells", "2.0.0", PackZip.pack("two"));
    assertThat(run("", "node update --check").out())
        .containsExactly("ID      HAS    NEWER", "shells  1.0.0  2.0.0");
    assertThat(run("", "node update").exitCode()).isEqualTo(2);
    assertThat(run("", "node update --all").err()).contains("Updated Shells 2.0.0 (was 1.0.0).");
    assertThat(run("", "node update --all").err()).contains("Everything is the newest already.");
    assertThat(file("Shells/__init__.py")).content().contains("two");

    assertThat(run("", "node remove SHELLS").err())
        .contains("Removed Shells: the cache still has it.");
    assertThat(file("Shells")).doesNotExist();
  }

  @Test
  void packsForProgramsArePlainData() {
    assertThat(run("", "node add shells --json").out().get(0))
        .contains("\"id\":\"shells\"", "\"version\":\"1.0.0\"");
    assertThat(run("", "node list --json").out().get(0)).contains("\"id\":\"shells\"");
    Run unknown = run("", "node add nowhere --json");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(unknown.out().get(0)).startsWith("{\"error\":{\"code\":");
  }

  @Test
  void folderInTheWayIsAQuestion() throws IOException {
    Files.createDirectories(file("Shells"));
    Files.writeString(file("Shells/mine.py"), "mine");

    Run refused = run("", "node add shells");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
    Run left = run("q\n", "node add shells");
    assertThat(left.exitCode()).isNotZero();
    assertThat(left.err()).anyMatch(line -> line.contains("What now?"));
    assertThat(file("Shells/mine.py")).hasContent("mine");

    String number =
        left.err().stream()
            .filter(line -> line.contains("move it to the environment's trash"))
            .map(line -> line.strip().substring(0, 1))
            .findFirst()
            .orElseThrow();
    Run replaced = run("7\n" + number + "\n", "node add shells");
    assertThat(replaced.exitCode()).isZero();
    assertThat(replaced.err()).anyMatch(line -> line.contains("There is no 7; from 1 to "));
    assertThat(file("Shells/__init__.py")).exists();
    assertThat(file("Shells/mine.py")).doesNotExist();
    try (var all = Files.walk(world.environment.folder().resolve(".tidepool/trash"))) {
      assertThat(all.map(path -> String.valueOf(path.getFileName()))).contains("mine.py");
    }
  }

  @Test
  void scriptOfAPackRunsOnlyWithConsent() throws IOException {
    registry.pack("script", "script", "");
    registry.version(
        "script",
        "1",
        new PackZip()
            .file("__init__.py", "NODE_CLASS_MAPPINGS = {}\n")
            .file("install.py", "open('ran.txt', 'w').close()\n")
            .bytes());

    assertThat(run("\n", "node add script").err())
        .anyMatch(line -> line.contains("Run install.py of script?"));
    assertThat(file("script/ran.txt")).doesNotExist();
    run("", "node remove script");
    run("y\n", "node add script");
    assertThat(file("script/ran.txt")).exists();
  }

  private Path file(String name) {
    return world.environment.customNodes().resolve(name);
  }

  /** Somebody types the text; nobody is there when it is empty. */
  private Run run(String typed, String line) {
    try {
      return new Session(world.folder)
          .typing(typed)
          .with("TIDEPOOL_HOME", world.folder.toString())
          .with("TIDEPOOL_REGISTRY_URL", registry.address())
          .with("UV_DEFAULT_INDEX", index.address())
          .with("HOME", folder.toString())
          .with("PATH", TestTools.uvFolder() + File.pathSeparator + System.getenv("PATH"))
          .run(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
