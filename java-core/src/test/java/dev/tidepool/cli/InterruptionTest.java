package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    // A program that was started in the background may ignore SIGINT, and would hand that on.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    int killed = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(killed).isZero();
  }
}
