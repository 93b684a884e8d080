package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {
  @TempDir Path folder;

  @Test
  void baseComesFromTheEnvironment() throws IOException {
    Session session = new Session(folder).with("TIDEPOOL_BASE", "pools");
    assertThat(session.run("profile create Sea").exitCode()).isZero();
    assertThat(folder.resolve("pools/profiles.json")).exists();
  }

  @Test
  void optionWinsOverTheEnvironment() throws IOException {
    Session session = new Session(folder).with("TIDEPOOL_BASE", "pools");
    assertThat(session.run("profile create Sea --base other").exitCode()).isZero();
    assertThat(folder.resolve("other/profiles.json")).exists();
    assertThat(folder.resolve("pools")).doesNotExist();
  }

  @Test
  void baseOfTheComfyUiInTheCurrentFolderIsFound() throws IOException {
    Files.writeString(folder.resolve("main.py"), "");
    Files.createDirectory(folder.resolve("comfy"));
    assertThat(new Session(folder).run("profile create Sea").exitCode()).isZero();
    assertThat(folder.resolve("input/grid_pool/profiles.json")).exists();
  }

  @Test
  void folderWithoutComfyIsNoComfyUi() throws IOException {
    Files.writeString(folder.resolve("main.py"), "");
    assertThat(new Session(folder).run("profile list").exitCode()).isEqualTo(2);
  }

  @Test
  void whoeverTypesNoCommandSeesTheHelp() {
    Session session = new Session(folder);
    Session.Run bare = session.run();
    assertThat(bare.out()).isEqualTo(session.run("--help").out()).isNotEmpty();
    assertThat(bare.err()).isEmpty();
    assertThat(bare.exitCode()).isZero();
  }

  @Test
  void namesInAnyScriptComeThrough() {
    Session session = new Session(folder);
    session.run("profile", "create", "Wässer 海 🌊", "--base", "base");
    assertThat(session.run("profile list --base base --json").out())
        .singleElement()
        .asString()
        .contains("\"name\":\"Wässer 海 🌊\"");
  }

  @Test
  void nameFromAFileCannotSteerTheTerminal() throws IOException {
    Files.createDirectory(folder.resolve("base"));
    Files.writeString(
        folder.resolve("base/profiles.json"),
        "{\"profiles\":[{\"id\":\"p\",\"name\":\"\\u001b[2JSea\\u202e\",\"created\":1}]}");
    Session.Run run = new Session(folder).run("profile list --base base");
    assertThat(String.join("\n", run.out())).contains("?[2JSea?").doesNotContain("\u001b");
  }

  @Test
  void coloursAreForPeople() {
    assertThat(errorSeenBy(true, new Session(folder))).startsWith("\u001b[1;31merror:");
    assertThat(errorSeenBy(false, new Session(folder))).startsWith("error:");
    assertThat(errorSeenBy(true, new Session(folder).with("NO_COLOR", "1"))).startsWith("error:");
    assertThat(errorSeenBy(true, new Session(folder).with("TERM", "dumb"))).startsWith("error:");
  }

  @Test
  void bugIsOneLineAndALogFile() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Session(folder).terminal(new ByteArrayOutputStream(), err, false);
    int exitCode =
        new ErrorReport(terminal, List.of("profile", "list"))
            .bug(new IllegalStateException("a secret"));
    terminal.flush();
    Path log = folder.resolve("logs/bug-20260203T040506Z.log");
    assertThat(exitCode).isEqualTo(70);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "error: Tidepool failed; the fault is its own.",
            "hint: The details, for a report, are in " + log + ".");
    assertThat(log).content().contains("IllegalStateException", "arguments: profile list");
  }

  private static String errorSeenBy(boolean people, Session session) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = session.terminal(new ByteArrayOutputStream(), err, people);
    new Dispatcher(terminal).run("nothing");
    terminal.flush();
    return err.toString(StandardCharsets.UTF_8);
  }
}
