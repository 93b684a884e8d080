package dev.tidepool.io;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A second process that runs a main class of the tests, spoken to in lines. Its stderr is the
 * test's. Closing it kills it.
 */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;

  private ChildJvm(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts the class on the test's own class path. */
  public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    return start(List.of("-cp", System.getProperty("java.class.path")), main, arguments);
  }

  /** Starts the class with options that name the class path. */
  public static ChildJvm start(List<String> options, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
    command.addAll(List.of("-XX:-UsePerfData", "-Dfile.encoding=UTF-8"));
    command.add("-Duser.language=" + System.getProperty("user.language"));
    command.addAll(options);
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line of its stdout; null when there is none any more. */
  public @Nullable String read() throws IOException {
    return out.readLine();
  }

  /** Waits for a line that has to come next. */
  public void expect(String line) throws IOException {
    @Nullable String read = read();
    if (!line.equals(read)) {
      throw new AssertionError("expected the line " + line + " and read " + read);
    }
  }

  /** Sends a line; false when it ended. */
  public boolean send(String line) {
    try {
      in.write(line + "\n");
      in.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends its stdin. */
  public void finish() throws IOException {
    in.close();
  }

  /** Kills it (SIGKILL) at once. What it had written can still be read. */
  public void kill() {
    // The process's own method would close the streams as well.
    process.toHandle().destroyForcibly();
  }

  /** Completes when it has ended. */
  public CompletableFuture<Process> ended() {
    return process.onExit();
  }

  /** Its exit code, once it has ended. */
  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    ended().join();
  }
}
