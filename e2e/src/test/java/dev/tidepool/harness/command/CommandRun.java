package dev.tidepool.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a run of the command answered, in a folder of its own. */
record CommandRun(int exitCode, String out, String err, Path folder) {
  static CommandRun in(Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), Map.of(), folder, false, false);
    int code = new WorkflowTestCommand(terminal, new Interruption()).run(List.of(arguments));
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), folder);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** What was printed, without the times. */
  String lines() {
    return out.replaceAll(" \\(\\d+\\.\\d s\\)", "");
  }

  String report(String file) throws IOException {
    return Files.readString(folder.resolve("tidepool-report").resolve(file));
  }

  JsonNode golden(String workflow) throws IOException {
    Path index = folder.resolve(workflow + ".golden/golden.json");
    return new ObjectMapper().readTree(Files.readString(index));
  }
}
