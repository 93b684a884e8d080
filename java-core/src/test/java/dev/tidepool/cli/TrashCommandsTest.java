package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on what was deleted and what changes took away. */
class TrashCommandsTest {
  private static final String WORKFLOW = "ComfyUI/user/default/workflows/süd/a.json";
  private static final String PACK = "ComfyUI/custom_nodes/mine";
  private static final String CHANGE = "port raits/20260203T040506789Z";

  @TempDir Path folder;
  private Path home;
  private Session session;
  private Environment environment;

  @BeforeEach
  void makeEnvironment() throws IOException {
    home = folder.resolve("hö me");
    session = new Session(folder).with("TIDEPOOL_HOME", home.toString());
    session.run("init");
    environment = environment("port raits", Session.CLOCK);
    write(WORKFLOW, "{\"nodes\":[]}");
    write(PACK + "/__init__.py", "x = 1\n");
    write(PACK + "/deep/er.py", "");
    write("ComfyUI/custom_nodes/other/__init__.py", "");
  }

  private Environment environment(String name, Clock clock) throws IOException {
    Path place = home.resolve("environments").resolve(name);
    Files.createDirectories(place.resolve(".cec"));
    if (Files.notExists(place.resolve(".cec/.complete"))) {
      Files.createFile(place.resolve(".cec/.complete"));
    }
    return new Environment(name, place, new StoreLocks(), clock);
  }

  private void write(String path, String text) throws IOException {
    Path file = environment.folder().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void takeAway(Environment from, String... paths) {
    Change.of(
        from,
        "rollback",
        change -> {
          for (String path : paths) {
            change.trash(from.folder().resolve(path));
          }
          return true;
        });
  }

  @Test
  void deletedEnvironmentComesBackAsItWas() {
    session.run("use 'port raits'");
    session.run("delete 'port raits'");
    assertThat(session.run("trash list").out())
        .containsExactly(
            "ID                              SIZE  WHAT",
            "20260203T040506789Z-port raits  18 B  the environment port raits");
    Session.Run run = session.run("trash restore 'port raits'");
    assertThat(run.out()).containsExactly("HERE/hö me/environments/port raits");
    assertThat(environment.folder().resolve(PACK + "/__init__.py")).hasContent("x = 1");
    assertThat(session.run("trash list").err()).containsExactly("The trash is empty.");
  }

  @Test
  void ofTwoThatHadTheSameNameTheOneDeletedLastComesBack() throws IOException {
    session.run("delete 'port raits'");
    environment = environment("port raits", Session.CLOCK);
    write("second", "");
    session.run("delete 'port raits'");
    assertThat(session.run("trash list --json").out().get(0))
        .contains("20260203T040506789Z-port raits", "20260203T040506790Z-port raits");
    session.run("trash restore 'port raits'");
    assertThat(environment.folder().resolve("second")).exists();
    Session.Run run = session.run("trash restore 20260203T040506789Z-'port raits'");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void environmentDoesNotComeBackOverAnotherWithItsName() throws IOException {
    session.run("delete 'port raits'");
    environment = environment("Port Raits", Session.CLOCK);
    write("mine", "");
    Session.Run run = session.run("trash restore 'port raits'");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().get(0))
        .isEqualTo("error: There is an environment named \"Port Raits\" already.");
    assertThat(environment.folder().resolve("mine")).exists();
    assertThat(home.resolve("trash/20260203T040506789Z-port raits/.cec/.complete")).exists();
  }

  @Test
  void whatAChangeTookAwayComesBackTogether() {
    takeAway(environment, WORKFLOW, PACK);
    assertThat(session.run("trash list -e 'port raits'").out())
        .containsExactly(
            "ID                              SIZE  WHAT",
            CHANGE + "  18 B  ComfyUI/custom_nodes/mine and 1 other");
    Session.Run run = session.run("trash restore '" + CHANGE + "'");
    assertThat(run.out())
        .containsExactly(
            "HERE/hö me/environments/port raits/" + PACK,
            "HERE/hö me/environments/port raits/" + WORKFLOW);
    assertThat(environment.folder().resolve(WORKFLOW)).hasContent("{\"nodes\":[]}");
    assertThat(environment.folder().resolve(PACK + "/deep/er.py")).exists();
    assertThat(environment.trash()).isEmptyDirectory();
  }

  @Test
  void oneFileOfAChangeComesBackAlone() {
    takeAway(environment, WORKFLOW, PACK);
    Session.Run run = session.run("trash", "restore", CHANGE, WORKFLOW);
    assertThat(run.exitCode()).isZero();
    assertThat(environment.folder().resolve(WORKFLOW)).exists();
    assertThat(environment.folder().resolve(PACK)).doesNotExist();
    assertThat(session.run("trash list").out().get(1)).endsWith("6 B   " + PACK);
    for (String path : List.of(PACK + "/__init__.py", "../..", "/etc/passwd", WORKFLOW)) {
      assertThat(session.run("trash", "restore", CHANGE, path).err().get(0))
          .isEqualTo("error: There is no \"" + path + "\" in " + CHANGE + ".");
    }
    assertThat(environment.folder().resolve(PACK)).doesNotExist();
  }

  @Test
  void takenPlaceIsRefusedOrItsContentGoesToTheTrash() throws IOException {
    takeAway(environment, WORKFLOW, PACK);
    write(WORKFLOW, "{\"nodes\":[1]}");
    Session.Run refused = session.run("trash", "restore", CHANGE);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err().get(0)).startsWith("error: There is something else in ");
    assertThat(environment.folder().resolve(PACK)).doesNotExist();

    assertThat(session.run("trash", "restore", CHANGE, "--replace").exitCode()).isZero();
    assertThat(environment.folder().resolve(WORKFLOW)).hasContent("{\"nodes\":[]}");
    assertThat(environment.trash().resolve("20260203T040506790Z").resolve(WORKFLOW))
        .hasContent("{\"nodes\":[1]}");
  }

  @Test
  void emptyingShowsBeforeItDeletes() throws IOException {
    Clock before = Clock.offset(Session.CLOCK, Duration.ofDays(-10));
    takeAway(environment("port raits", before), PACK);
    takeAway(environment, WORKFLOW);
    environment("gone", Session.CLOCK);
    session.run("delete gone");

    Session.Run shown = session.run("trash empty");
    assertThat(shown.out()).hasSize(3);
    assertThat(shown.err())
        .containsExactly("Would delete 3 things, 18 B.", "hint: The same with --yes does it.");
    assertThat(session.run("trash empty --older-than 10 --yes").out())
        .containsExactly("port raits/20260124T040506789Z");
    assertThat(session.run("trash empty --older-than 1 --yes").err())
        .containsExactly("Nothing in the trash to delete.");
    assertThat(session.run("trash empty -e gone --yes").out())
        .containsExactly("20260203T040506789Z-gone");
    assertThat(session.run("trash empty --yes --json").out().get(0))
        .startsWith("{\"done\":true,\"deleted\":[{\"id\":\"" + CHANGE + "\"");
    assertThat(environment.trash()).isEmptyDirectory();
    assertThat(home.resolve("trash")).isEmptyDirectory();
    assertThat(environment.folder().resolve("ComfyUI/custom_nodes/other")).exists();
  }

  @Test
  void ageThatIsNoNumberOfDaysDeletesNothing() {
    takeAway(environment, WORKFLOW);
    for (String age : List.of("x", "-1", "1.5", "999999")) {
      assertThat(session.run("trash", "empty", "--older-than=" + age, "--yes").exitCode())
          .isEqualTo(2);
    }
    assertThat(session.run("trash list").out()).hasSize(2);
  }

  @Test
  void whatAnInterruptedEmptyingLeftComesNotBackAndGoesWithTheNext() throws IOException {
    session.run("delete 'port raits'");
    Path half = home.resolve("trash/.gone-20260203T040506789Z-port raits");
    Files.move(home.resolve("trash/20260203T040506789Z-port raits"), half);
    assertThat(session.run("trash list").err()).containsExactly("The trash is empty.");
    assertThat(session.run("trash restore 'port raits'").exitCode()).isEqualTo(1);
    assertThat(session.run("trash empty").exitCode()).isZero();
    assertThat(half).exists();
    assertThat(session.run("trash empty --yes").exitCode()).isZero();
    assertThat(home.resolve("trash")).isEmptyDirectory();
  }

  @Test
  void emptyFolderThatAChangeTookAwayComesBack() throws IOException {
    Path empty = environment.comfyUi().resolve("user/default/workflows/later");
    Files.createDirectories(empty);
    takeAway(environment, "ComfyUI/user/default/workflows/later");
    assertThat(session.run("trash", "restore", CHANGE).exitCode()).isZero();
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void whatOthersPutIntoATrashIsLeftAlone() throws IOException {
    Files.createDirectories(home.resolve("trash/notes"));
    Files.createDirectories(environment.trash().resolve("notes/x"));
    Files.createDirectories(environment.trash().resolve("20269999T999999999Z/x"));
    Files.createFile(home.resolve("trash/20260203T040506789Z-file"));
    Files.createFile(environment.trash().resolve("20260203T040506789Z"));
    assertThat(session.run("trash list").err()).containsExactly("The trash is empty.");
    session.run("trash empty --yes");
    assertThat(home.resolve("trash/notes")).exists();
    assertThat(environment.trash().resolve("notes/x")).exists();
  }
}
