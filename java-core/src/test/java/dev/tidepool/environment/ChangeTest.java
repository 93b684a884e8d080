package dev.tidepool.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that fail, are stopped, wait for each other, or meet what the user did meanwhile. */
final class ChangeTest {
  @TempDir Path folder;
  private Environment environment;
  private Map<String, String> before;

  @BeforeEach
  void makeEnvironment() throws IOException {
    environment = ChangeScenario.make(folder.resolve("Höhle 1"));
    before = state();
  }

  @Test
  void workThatFailsIsTakenBackAtOnce() throws IOException {
    assertThatThrownBy(
            () ->
                Change.of(
                    environment,
                    "node add",
                    change -> {
                      change.write(environment.pyproject(), bytes("x"));
                      change.trash(environment.customNodes().resolve("mine"));
                      throw new IOException("broken pipe");
                    }))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("broken pipe");
    assertThat(state()).isEqualTo(before);
    assertThat(environment.folder().resolve(".tidepool/change")).doesNotExist();
  }

  @Test
  void interruptTakesEverythingBackAndIsKept() throws IOException {
    assertThatThrownBy(
            () ->
                Change.of(
                    environment,
                    "node add",
                    change -> {
                      change.write(environment.pyproject(), bytes("x"));
                      Thread.currentThread().interrupt();
                      change.python(() -> {});
                      return true;
                    }))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("stopped"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void nothingIsRenamedOverWhatIsThere() throws IOException {
    Path nodes = environment.customNodes();
    assertThatThrownBy(
            () ->
                Change.of(
                    environment,
                    "node remove",
                    change -> {
                      change.rename(nodes.resolve("dev"), nodes.resolve("mine"));
                      return true;
                    }))
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void whatIsTakenAwayIsInTheTrashUnderItsPath() {
    Path mine = environment.customNodes().resolve("mine");
    Path place = Change.of(environment, "node add", change -> change.trash(mine));
    assertThat(mine).doesNotExist();
    assertThat(place)
        .startsWith(environment.trash())
        .endsWith(Path.of("ComfyUI/custom_nodes/mine"));
    assertThat(place.resolve("own.py")).content().isEqualTo("mine = 1\n");
  }

  @Test
  void fileThatTheUserSavedAfterTheCrashIsNotLost() throws IOException {
    Path live = environment.liveWorkflows().resolve("a.json");
    die(change -> change.write(live, bytes("{\"ours\":1}")));
    Files.writeString(live, "{\"users\":1}");
    assertThat(Change.recover(environment)).contains("rollback");
    assertThat(live).content().isEqualTo("{\"live\":1}");
    try (java.util.stream.Stream<Path> all = Files.walk(environment.trash())) {
      Path kept = all.filter(path -> path.endsWith("a.json")).findFirst().orElseThrow();
      assertThat(kept).content().isEqualTo("{\"users\":1}");
    }
  }

  @Test
  void fileThatTheUserMadeWhereOneWasAboutToBeMadeStays() throws IOException {
    Path fresh = environment.liveWorkflows().resolve("fresh.json");
    die(change -> change.write(fresh, bytes("{\"ours\":1}")));
    Files.writeString(fresh, "{\"users\":1}");
    Change.recover(environment);
    assertThat(fresh).content().isEqualTo("{\"users\":1}");
  }

  @Test
  void secondProcessWaitsForTheFirst() throws Exception {
    try (ChildJvm other = ChildJvm.start(HeldChange.class, environment.folder())) {
      other.expect("inside");
      Thread waiting =
          new Thread(
              () ->
                  Change.of(
                      environment,
                      "second",
                      change -> {
                        change.write(environment.pyproject(), bytes("second"));
                        return true;
                      }));
      waiting.start();
      assertThat(environment.pyproject()).content().isEqualTo("first");
      other.send("go on");
      assertThat(other.exitCode()).isZero();
      waiting.join();
    }
    assertThat(environment.pyproject()).content().isEqualTo("second");
  }

  @Test
  void nextCommandOfAnyKindRecoversAndSaysSo() throws IOException {
    Workspace workspace = new Workspace(folder.resolve("home"));
    Environment here = ChangeScenario.make(workspace.environment("eins"));
    Files.createFile(here.cec().resolve(".complete"));
    Map<String, String> old = ChangeScenario.state(here.folder());
    DyingDisk disk =
        new DyingDisk(
            40,
            () -> {
              throw new Deaths.Death();
            });
    Environment dying = ChangeScenario.at(here.folder(), disk);
    assertThatThrownBy(() -> ChangeScenario.change(dying)).isInstanceOf(Deaths.Death.class);
    List<String> notes = new ArrayList<>();
    new Environments(workspace, new StoreLocks(), Clock.systemUTC(), notes::add)
        .named(Optional.of("eins"));
    assertThat(ChangeScenario.state(here.folder())).isEqualTo(old);
    assertThat(notes).singleElement().asString().contains("interrupted node add of eins");
  }

  @Test
  void changesDoNotNest() {
    assertThatThrownBy(
            () ->
                Change.of(
                    environment, "outer", change -> Change.of(environment, "inner", inner -> true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void commitOfTheRealHistoryIsTakenBackAndGitAgrees() throws Exception {
    Environment real = ChangeScenario.at(folder.resolve("real"), new Disk());
    ChangeScenario.file(real.pyproject(), "one\n");
    Identity who = new Identity("Anna", "anna@example.org");
    History history = real.history(who);
    history.create("first");
    String head = history.head();
    assertThatThrownBy(
            () ->
                Change.of(
                    real,
                    "commit",
                    change -> {
                      change.write(real.pyproject(), bytes("two\n"));
                      change.history(() -> history.commit("second"));
                      assertThat(history.versions(10)).hasSize(2);
                      throw new IOException("then it failed");
                    }))
        .isInstanceOf(TidepoolException.class);
    assertThat(real.history(who).head()).isEqualTo(head);
    assertThat(real.history(who).versions(10)).hasSize(1);
    assertThat(real.history(who).uncommitted()).isEmpty();
    assertThat(git(real.cec(), "status", "--porcelain")).isEmpty();
    assertThat(git(real.cec(), "tag")).isEqualTo("v1\n");
    assertThat(git(real.cec(), "fsck", "--no-dangling", "--no-progress")).isEmpty();
  }

  private interface Step {
    void on(Change change) throws IOException;
  }

  /** A change that did this step, and whose process then died. */
  private void die(Step step) {
    boolean[] dead = new boolean[1];
    Disk disk =
        new DyingDisk(Integer.MAX_VALUE, () -> {}) {
          @Override
          void delete(Path path) throws IOException {
            if (dead[0]) {
              throw new Deaths.Death();
            }
            super.delete(path);
          }

          @Override
          void rename(Path from, Path to) throws IOException {
            if (dead[0]) {
              throw new Deaths.Death();
            }
            super.rename(from, to);
          }
        };
    Environment dying = ChangeScenario.at(environment.folder(), disk);
    assertThatThrownBy(
            () ->
                Change.of(
                    dying,
                    "rollback",
                    change -> {
                      step.on(change);
                      dead[0] = true;
                      throw new Deaths.Death();
                    }))
        .isInstanceOf(Deaths.Death.class);
  }

  private Map<String, String> state() throws IOException {
    return ChangeScenario.state(environment.folder());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String git(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
