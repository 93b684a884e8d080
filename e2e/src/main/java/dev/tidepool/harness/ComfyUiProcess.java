package dev.tidepool.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A ComfyUI started as a process of this machine, in a base directory of its own. It is stopped by
 * its own id when it is closed, and when this JVM ends, however that comes about.
 */
public final class ComfyUiProcess implements ComfyUi {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final Path base;
  private final Path log;
  private final ComfyApi api;
  private final Thread stopAtExit;
  private final Duration startTime;

  private ComfyUiProcess(Process process, Path base, Path log, URI address, long begin) {
    this.process = process;
    this.base = base;
    this.log = log;
    this.api = new ComfyApi(address);
    this.stopAtExit = new Thread(this::stop, "stop-comfyui");
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    try {
      Patience.until("ComfyUI to answer", START_LIMIT, this::answers);
    } catch (Throwable e) {
      close();
      throw e;
    }
    this.startTime = Duration.ofNanos(System.nanoTime() - begin);
  }

  /**
   * Starts ComfyUI and waits until it answers with all expected nodes.
   *
   * @throws IllegalStateException when it ends early, or lacks a node; with the log's last lines
   */
  public static ComfyUiProcess start(ServerSettings settings) {
    try {
      Path base = Files.createTempDirectory("tidepool-comfyui-");
      installPacks(settings.packs(), Files.createDirectory(base.resolve("custom_nodes")));
      copyExample(settings.source(), Files.createDirectory(base.resolve("input")));
      Path log = base.resolve("server.log");
      int port = freePort();
      long begin = System.nanoTime();
      ProcessBuilder builder =
          new ProcessBuilder(command(settings, base, port))
              .directory(settings.source().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(settings.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      URI address = URI.create("http://127.0.0.1:" + port);
      ComfyUiProcess started = new ComfyUiProcess(process, base, log, address, begin);
      started.demand(settings.nodes());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(ServerSettings settings, Path base, int port) {
    List<String> command = new ArrayList<>();
    command.add(settings.python().toString());
    command.addAll(List.of("main.py", "--cpu", "--port", Integer.toString(port)));
    command.addAll(List.of("--base-directory", base.toString(), "--disable-auto-launch"));
    // Otherwise all servers of one source folder share one database file.
    command.addAll(List.of("--database-url", "sqlite:///" + base.resolve("comfyui.db")));
    // The default cache lets results go when memory is short, which says nothing about what is
    // stale.
    command.add("--cache-classic");
    command.addAll(settings.arguments());
    return command;
  }

  /** Copies, for a pack may write into its own folder. */
  private static void installPacks(List<Path> packs, Path target) throws IOException {
    for (Path pack : packs) {
      Path copy = target.resolve(String.valueOf(pack.getFileName()));
      try (Stream<Path> files = Files.walk(pack)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(pack.relativize(file).toString()));
        }
      }
    }
  }

  /** Nodes that load an image want to find one; ComfyUI comes with this. */
  private static void copyExample(Path source, Path input) throws IOException {
    Path example = source.resolve("input/example.png");
    if (Files.exists(example)) {
      Files.copy(example, input.resolve("example.png"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "ComfyUI ended with exit code " + process.exitValue() + " before it was ready" + tail());
    }
    return api.isReady();
  }

  private void demand(List<String> nodes) {
    List<String> missing =
        nodes.stream().filter(node -> !api.objectInfo().has(node)).sorted().toList();
    if (!missing.isEmpty()) {
      String end = tail();
      close();
      throw new IllegalStateException("ComfyUI started without the nodes " + missing + end);
    }
  }

  /** The end of the log, as the end of an error's message. */
  private String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      int first = Math.max(0, lines.size() - 30);
      return "; the end of its log:\n" + String.join("\n", lines.subList(first, lines.size()));
    } catch (IOException e) {
      return "; its log " + log + " cannot be read: " + e.getMessage();
    }
  }

  /** How long it took from the start of the process until it answered. */
  public Duration startTime() {
    return startTime;
  }

  @Override
  public URI address() {
    return api.address();
  }

  @Override
  public Path base() {
    return base;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public ComfyApi api() {
    return api;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(stopAtExit);
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Folders.delete(base);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
