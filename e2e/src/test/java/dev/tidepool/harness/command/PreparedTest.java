package dev.tidepool.harness.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedTest {
  private static final String LAUNCHER = "tidepool.launcher";

  @TempDir Path folder;

  /** A launcher that checks its arguments, prints this and ends with this code. */
  private void launcher(String json, int exitCode) throws IOException {
    Path file = folder.resolve("tidepool");
    Files.writeString(
        file,
        "#!/bin/sh\n[ \"$*\" = 'up --no-start --json' ] || exit 99\ncat <<'E'\n%s\nE\nexit %d\n"
            .formatted(json, exitCode));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    System.setProperty(LAUNCHER, file.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(LAUNCHER);
  }

  @Test
  void takesTheComfyUiOfUp() throws IOException {
    launcher("{\"comfyui\":\"/home/ComfyUI\",\"python\":\"/home/python\"}", 0);
    assertThat(Prepared.byUp())
        .isEqualTo(new Prepared(Path.of("/home/ComfyUI"), Path.of("/home/python")));
  }

  @Test
  void passesTheErrorOfUpOn() throws IOException {
    launcher(
        "{\"error\":{\"code\":\"disk-full\",\"message\":\"No room.\",\"hints\":[\"Make some.\"]}}",
        1);
    assertThatThrownBy(Prepared::byUp)
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> {
              assertThat(e).hasMessage("No room.");
              assertThat(e.code()).isEqualTo("disk-full");
              assertThat(e.hints()).containsExactly("Make some.");
              assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE);
            });
  }

  @Test
  void explainsALauncherThatSaysNothing() throws IOException {
    launcher("", 1);
    assertThatThrownBy(Prepared::byUp)
        .isInstanceOf(CommandException.class)
        .hasMessage("tidepool up failed.");
    System.clearProperty(LAUNCHER);
    assertThatThrownBy(Prepared::byUp)
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("Which ComfyUI?");
  }
}
