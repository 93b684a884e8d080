package dev.tidepool.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import dev.tidepool.nodepack.NotedSteps;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PackageDifference;
import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real uv, with a package index of its own. */
final class PythonProjectTest {
  private static final String PROJECT =
      """
      [project]
      name = "comfydock-env-test"
      version = "0.1.0"
      requires-python = ">=3.11"
      dependencies = [%s]
      [dependency-groups]
      pack-1 = [%s]
      """;

  @TempDir Path folder;
  private PackageIndex index;
  private Environment environment;
  private PythonProject python;
  private final List<String> notes = new ArrayList<>();
  private final Steps noted = new NotedSteps(notes);

  @BeforeEach
  void makeEnvironment() throws IOException {
    index = new PackageIndex().wheel("sea", "1.0").wheel("sea", "1.5").wheel("shell_x", "2.0");
    environment = ChangeScenario.at(folder.resolve("Höhle 1"), new Disk());
    Files.createDirectories(environment.cec());
    python = new PythonProject(tools());
  }

  @AfterEach
  void closeIndex() {
    index.close();
  }

  @Test
  void lockedPackagesOfAllGroupsAreInstalledAndTold() throws IOException {
    write("\"sea<1.5\"", "\"shell-x\"");
    sync();
    assertThat(PythonProject.installed(environment)).containsEntry("sea", "1.0");
    assertThat(PythonProject.installed(environment)).containsEntry("shell-x", "2.0");
    assertThat(python.differences(environment)).isEmpty();
  }

  @Test
  void whatIsNotInstalledAsLockedIsNamed() throws IOException {
    write("\"sea<1.5\"", "");
    sync();
    write("\"sea>=1.5\"", "\"shell-x\"");
    lock();
    assertThat(python.differences(environment))
        .containsExactly(
            new PackageDifference("sea", Optional.of("1.0"), Optional.of("1.5")),
            new PackageDifference("shell-x", Optional.empty(), Optional.of("2.0")));
    assertThat(PythonProject.installed(environment)).containsExactly(Map.entry("sea", "1.0"));
  }

  @Test
  void whatCameBesideTheLockStaysAndWhatWasLockedGoes() throws IOException {
    write("\"sea<1.5\"", "\"shell-x\"");
    sync();
    Path info = site().resolve("by_hand-3.0.dist-info");
    Files.createDirectory(info);
    Files.writeString(
        info.resolve("METADATA"), "Metadata-Version: 2.1\nName: by-hand\nVersion: 3.0\n");
    Files.writeString(info.resolve("RECORD"), "by_hand-3.0.dist-info/METADATA,,\n");
    assertThat(python.differences(environment)).isEmpty();

    write("\"sea>=1.5\"", "");
    sync();
    assertThat(PythonProject.installed(environment))
        .containsOnly(Map.entry("sea", "1.5"), Map.entry("by-hand", "3.0"));
    assertThat(python.differences(environment)).isEmpty();
    write("\"sea<1.5\"", "");
    sync();
    assertThat(PythonProject.installed(environment))
        .containsOnly(Map.entry("sea", "1.0"), Map.entry("by-hand", "3.0"));
  }

  private Path site() throws IOException {
    try (java.util.stream.Stream<Path> all = Files.walk(environment.venv().resolve("lib"))) {
      return all.filter(path -> path.endsWith("site-packages")).findFirst().orElseThrow();
    }
  }

  @Test
  void packageThatVanishesIsNoticedAlthoughTheLockIsTheSame() throws IOException {
    write("\"sea<1.5\"", "");
    sync();
    Path info = environment.venv().resolve("lib");
    try (java.util.stream.Stream<Path> all = Files.walk(info)) {
      Path gone = all.filter(path -> path.endsWith("sea-1.0.dist-info")).findFirst().orElseThrow();
      dev.tidepool.io.Folders.delete(gone);
    }
    assertThat(python.differences(environment))
        .containsExactly(new PackageDifference("sea", Optional.empty(), Optional.of("1.0")));
  }

  @Test
  void contradictionIsSaidInOneLineAndChangesNothing() throws IOException {
    write("\"sea<1.5\"", "");
    sync();
    byte[] lock = Files.readAllBytes(environment.lock());
    assertThatThrownBy(
            () ->
                python.testResolution(
                    environment, PROJECT.formatted("\"sea<1.5\"", "\"sea>1.0\""), noted))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("dependencies-conflict");
              assertThat(e.text()).contains("sea").doesNotContain("\n");
              assertThat(e.hints()).anyMatch(hint -> hint.contains("uv.log"));
            });
    assertThat(Files.readAllBytes(environment.lock())).isEqualTo(lock);
    assertThat(environment.folder()).isDirectoryNotContaining("glob:**/.tidepool-*");
  }

  @Test
  void withoutTheNetworkTheCacheServesAndThatIsSaid() throws IOException {
    write("\"sea<1.5\"", "");
    sync();
    dev.tidepool.io.Folders.delete(environment.venv());
    Files.delete(environment.lock());
    index.close();
    lock();
    python.sync(environment, noted);
    assertThat(PythonProject.installed(environment)).containsEntry("sea", "1.0");
    assertThat(notes).anyMatch(note -> note.contains("come from uv's cache"));
  }

  @Test
  void withoutNetworkAndCacheTheReasonIsTheNetwork() throws IOException {
    index.close();
    assertThatThrownBy(
            () -> python.testResolution(environment, PROJECT.formatted("\"sea<1.5\"", ""), noted))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("lock-failed");
              assertThat(e.text()).contains("refused");
              assertThat(e.hints()).anyMatch(hint -> hint.contains("network"));
            });
  }

  @Test
  void syncThatFailsInAChangeIsTakenBack() throws IOException {
    write("\"sea<1.5\"", "");
    sync();
    Map<String, String> before = ChangeScenario.state(environment.folder());
    index.cutShort();
    assertThatThrownBy(
            () ->
                Change.of(
                    environment,
                    "node add",
                    change -> {
                      String text = PROJECT.formatted("\"sea>=1.5\"", "\"shell-x\"");
                      byte[] lock = python.testResolution(environment, text, noted);
                      change.write(environment.pyproject(), text.getBytes(StandardCharsets.UTF_8));
                      change.write(environment.lock(), lock);
                      change.python(() -> python.sync(environment, noted));
                      return true;
                    }))
        .isInstanceOf(TidepoolException.class);
    assertThat(ChangeScenario.state(environment.folder())).isEqualTo(before);
    assertThat(python.differences(environment)).isEmpty();
  }

  private void write(String dependencies, String group) throws IOException {
    Files.writeString(environment.pyproject(), PROJECT.formatted(dependencies, group));
  }

  private void lock() throws IOException {
    Files.write(environment.lock(), python.locked(environment, noted));
  }

  private void sync() throws IOException {
    lock();
    python.sync(environment, Steps.silent());
  }

  private PythonTools tools() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    return new PythonTools(home, new ProcessRunner(index.environment(), folder.resolve("uv.log")));
  }
}
