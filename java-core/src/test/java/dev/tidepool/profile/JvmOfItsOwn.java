package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a process of its own, which must end well. */
final class JvmOfItsOwn {
  private static final long MOST_SECONDS = 120;

  private final List<String> command = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> variables;

  private JvmOfItsOwn(List<String> launcher, Map<String, String> variables) {
    this.command.addAll(launcher);
    this.variables = variables;
  }

  static JvmOfItsOwn plain() {
    return new JvmOfItsOwn(List.of(), Map.of());
  }

  /** A process with these variables of the environment besides its own. */
  static JvmOfItsOwn with(Map<String, String> variables) {
    return new JvmOfItsOwn(List.of(), variables);
  }

  /** A process started by another program, such as {@code unshare --mount}. */
  static JvmOfItsOwn under(List<String> launcher) {
    return new JvmOfItsOwn(launcher, Map.of());
  }

  JvmOfItsOwn options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Runs the main class to its end and answers with what it printed. */
  String run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.add("-XX:+UseSerialGC");
    all.add("-XX:TieredStopAtLevel=1");
    all.addAll(options);
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return run(all, variables);
  }

  /** Runs a program to its end, which must be good, and answers with what it printed. */
  static String run(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("child", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(variables);
      Process process = builder.redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("%s ended; it printed:%n%s", command.get(0), printed).isTrue();
      assertThat(process.exitValue()).as("the exit code; it printed:%n%s", printed).isZero();
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
