package dev.tidepool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.python.PackageIndex;
import dev.tidepool.python.TestTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One process of the command line, in the test's folder: the workspace is {@code home} in it, the
 * node pack {@code pack}, and {@code bin} comes first on the path.
 */
class TidepoolProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedReader err;

  TidepoolProcess(Path folder, PackageIndex index, Path uv, String... arguments)
      throws IOException {
    this(List.of(), folder, index, uv, arguments);
  }

  /** The same with options for its JVM. */
  TidepoolProcess(
      List<String> options, Path folder, PackageIndex index, Path uv, String... arguments)
      throws IOException {
    this(options, Map.of("UV_DEFAULT_INDEX", index.address()), folder, uv, arguments);
  }

  /** The same with more variables. */
  TidepoolProcess(
      List<String> options,
      Map<String, String> variables,
      Path folder,
      Path uv,
      String... arguments)
      throws IOException {
    // A program that was started in the background may ignore SIGINT, and would hand that on.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(options);
    command.add("-Duser.language=" + System.getProperty("user.language"));
    command.add("-Dtidepool.pack=" + folder.resolve("pack"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(TestTools.environment());
    builder.environment().put("TIDEPOOL_HOME", folder.resolve("home").toString());
    builder.environment().putAll(variables);
    builder.environment().put("DISPLAY", ":0");
    builder
        .environment()
        .put("PATH", folder.resolve("bin") + ":" + uv + ":" + System.getenv("PATH"));
    process = builder.start();
    out = process.inputReader(StandardCharsets.UTF_8);
    err = process.errorReader(StandardCharsets.UTF_8);
  }

  String awaitErr(String text) throws IOException {
    return await(err, text);
  }

  String awaitOut(String text) throws IOException {
    return await(out, text);
  }

  String restOfOut() throws Exception {
    CompletableFuture<String> talk = CompletableFuture.supplyAsync(() -> rest(err));
    String data = rest(out);
    System.err.print(talk.get());
    return data;
  }

  String restOfErr() {
    return rest(err);
  }

  void interrupt() throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Kills it with all that it started. */
  void killAll() {
    List<ProcessHandle> started = process.descendants().toList();
    kill();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    out.close();
    err.close();
  }

  private static String await(BufferedReader reader, String text) throws IOException {
    @Nullable String line = reader.readLine();
    StringBuilder before = new StringBuilder();
    while (line != null && !line.contains(text)) {
      before.append(line).append('\n');
      line = reader.readLine();
    }
    assertThat(line).as("a line with %s after:%n%s", text, before).isNotNull();
    return String.valueOf(line);
  }

  private static String rest(BufferedReader reader) {
    StringBuilder rest = new StringBuilder();
    reader.lines().forEach(line -> rest.append(line).append('\n'));
    return rest.toString();
  }
}
