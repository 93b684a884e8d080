package dev.tidepool.harness.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a ComfyUI that it starts itself. */
class OwnServerTest {
  private static final String PACK =
      """
      import os, pathlib, time
      import comfy.model_management

      class Crash:
          RETURN_TYPES, FUNCTION, OUTPUT_NODE, CATEGORY = (), "run", True, "test"
          @classmethod
          def INPUT_TYPES(cls): return {"required": {}}
          def run(self): os._exit(9)

      class Wait(Crash):
          @classmethod
          def INPUT_TYPES(cls): return {"required": {"mark": ("STRING", {})}}
          def run(self, mark):
              pathlib.Path(mark).touch()
              while True:
                  comfy.model_management.throw_exception_if_processing_interrupted()
                  time.sleep(0.01)

      NODE_CLASS_MAPPINGS = {"TestCrash": Crash, "TestWait": Wait}
      """;
  private static final String FINE =
      "{\"1\":{\"class_type\":\"PreviewAny\",\"inputs\":{\"source\":\"fine\"}}}";

  @TempDir Path folder;
  private Path mark;

  @BeforeEach
  void writePack() throws IOException {
    mark = folder.resolve("mark");
    write("pack/__init__.py", PACK);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> server() {
    return List.of(
        "--comfyui", property("tidepool.comfyui"), "--python", property("tidepool.python"));
  }

  private static String property(String name) {
    return String.valueOf(System.getProperty(name));
  }

  private String[] arguments(String... own) {
    return Stream.concat(Stream.of(own), server().stream()).toArray(String[]::new);
  }

  @Test
  void goesOnAfterACrashAndAWorkflowWithoutEnd() throws IOException {
    write("a.json", "{\"1\":{\"class_type\":\"TestCrash\",\"inputs\":{}}}");
    write(
        "b.json",
        "{\"1\":{\"class_type\":\"TestWait\",\"inputs\":{\"mark\":\"%s\"}}}".formatted(mark));
    write("b.test.json", "{\"time_limit_seconds\": 1}");
    write("c.json", FINE);
    CommandRun run =
        CommandRun.in(
            folder, arguments("--update", "--node-pack", "pack", "a.json", "b.json", "c.json"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.lines())
        .contains(
            "BROKEN     a.json\n",
            "BROKEN     b.json\n           The workflow takes longer than it may",
            "written    c.json",
            "3 workflows: 2 broken, 1 written");
    // The server may die before it has answered, or after.
    assertThat(run.lines())
        .containsAnyOf("The connection to ComfyUI was lost", "ComfyUI does not answer any more");
    assertThat(folder.resolve("a.golden")).doesNotExist();
    assertThat(run.report("server.log")).contains("Prompt executed in");
  }

  @Test
  void namesAPackThatCannotBeImported() throws IOException {
    write("pack/__init__.py", "import no_such_module_at_all\n");
    write("c.json", FINE);
    CommandRun run = CommandRun.in(folder, arguments("c.json", "--node-pack", "pack"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.err())
        .startsWith("error: ComfyUI cannot import the node pack pack: ModuleNotFoundError: ")
        .contains("no_such_module_at_all");
  }

  @Test
  void stopsTheServerWhenTheUserStopsIt() throws IOException, InterruptedException {
    write(
        "a.json",
        "{\"1\":{\"class_type\":\"TestWait\",\"inputs\":{\"mark\":\"%s\"}}}".formatted(mark));
    List<String> command =
        // A program that was started in the background may ignore SIGINT, and would hand that on.
        Stream.of(
                List.of("env", "--default-signal=INT"),
                List.of(Path.of(property("java.home"), "bin/java").toString()),
                List.of("-cp", property("java.class.path"), Main.class.getName()),
                List.of("a.json", "--update", "--node-pack", "pack"),
                server())
            .flatMap(List::stream)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      Patience.until(
          "the workflow to run",
          Duration.ofMinutes(3),
          () -> Files.exists(mark) || !process.isAlive());
      List<ProcessHandle> children = process.descendants().toList();
      assertThat(children).as(printed()).isNotEmpty();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(printed()).isEqualTo(ExitCode.STOPPED);
      assertThat(children).as("nothing runs on").noneMatch(ProcessHandle::isAlive);
    } finally {
      process.destroyForcibly();
    }
    assertThat(printed()).startsWith("error: Stopped before it was done");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.json", "pack", "mark", "out", "err");
    }
  }

  private String printed() {
    try {
      return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
