package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stops real processes with the signal that Ctrl-C sends. */
class InterruptionTest {
  @Test
  void stoppedWorkTidiesUpAndEndsWithThree() throws Exception {
    Process process = start(StopMe.class, "tidy");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("working");
      interrupt(process);
      assertThat(out.lines()).containsExactly("tidy", "STOPPED");
    }
    assertThat(process.waitFor()).isEqualTo(3);
  }

  @Test
  void workThatEndsAllTheSameKeepsItsExitCode() throws Exception {
    Process process = start(StopMe.class, "finish");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("working");
      interrupt(process);
      assertThat(out.lines()).containsExactly("finished");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void mainEndsWithTheCommandsCode() throws Exception {
    Process process = start(Main.class, "profile", "lst");
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("error: Unknown command lst.");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static Process start(Class<?> main, String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(), "-cp", System.getProperty("java.class.path"), main.getName());
    builder.command().addAll(List.of(arguments));
    return builder.start();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    int killed = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(killed).isZero();
  }
}
