package dev.tidepool.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command line {@code tidepool} as a process of its own. */
final class CommandLine {
  private CommandLine() {}

  /** Runs a command that has to succeed and to answer with JSON. */
  static JsonNode run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("tidepool.jar")));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] answer = process.getInputStream().readAllBytes();
    assertThat(process.waitFor())
        .as("exit code of %s: %s", command, new String(answer, StandardCharsets.UTF_8))
        .isZero();
    return new ObjectMapper().readTree(answer);
  }
}
