package dev.tidepool.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A Ctrl-C while tests run: what they started is gone. */
class InterruptionTest {
  /** What a shell sends at Ctrl-C; the exit code is 128 and its number. */
  private static final int INTERRUPT = 2;

  @Test
  void endsTheProcess() throws IOException, InterruptedException {
    Process program = start("process");
    Path base = base(program);
    List<ProcessHandle> children = program.descendants().toList();
    assertThat(children).isNotEmpty();
    interrupt(program);
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(base).doesNotExist();
  }

  @Test
  @EnabledIfSystemProperty(named = "tidepool.server", matches = "container")
  void removesTheContainer() throws IOException, InterruptedException {
    Process program = start("container");
    Path base = base(program);
    String owner = DockerEngine.mark(program.toHandle());
    assertThat(DockerEngine.connect().containersOf(owner)).hasSize(1);
    interrupt(program);
    assertThat(DockerEngine.connect().containersOf(owner)).isEmpty();
    assertThat(base).doesNotExist();
  }

  private static Process start(String server) throws IOException {
    // A program that was started in the background may ignore SIGINT, and would hand that on.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Properties properties = System.getProperties();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("tidepool.") && !name.equals("tidepool.server")) {
        command.add("-D" + name + "=" + properties.getProperty(name));
      }
    }
    command.add("-Dtidepool.server=" + server);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StartAndWait.class.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The base directory of the server, which the program tells when it is ready. */
  private static Path base(Process program) throws IOException {
    BufferedReader words = program.inputReader(StandardCharsets.UTF_8);
    String line = words.readLine();
    assertThat(line).as("what the program says when its server is ready").isNotNull();
    return Path.of(line);
  }

  private static void interrupt(Process program) throws IOException, InterruptedException {
    Command.run(new ProcessBuilder("kill", "-INT", Long.toString(program.pid())));
    assertThat(program.waitFor()).isEqualTo(128 + INTERRUPT);
  }
}
