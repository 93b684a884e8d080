package dev.tidepool.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A ComfyUI started as a process of this machine, in a base directory of its own. It is stopped by
 * its own id when it is closed, and when this JVM ends, however that comes about.
 */
public final class ComfyUiProcess implements ComfyUi {
  static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final ServerSettings settings;
  private final ServerBase base;
  private final int port;
  private final ComfyApi api;
  private final Thread stopAtExit = new Thread(this::stop, "stop-comfyui");
  private Process process;
  private Duration startTime = Duration.ZERO;

  private ComfyUiProcess(ServerSettings settings, ServerBase base) throws IOException {
    this.settings = settings;
    this.base = base;
    this.port = freePort();
    this.api = new ComfyApi(URI.create("http://127.0.0.1:" + port));
    this.process = launch();
    Runtime.getRuntime().addShutdownHook(stopAtExit);
  }

  /**
   * Starts ComfyUI and waits until it answers with all expected nodes.
   *
   * @throws IllegalStateException when it ends early, or lacks a node; with the log's last lines
   */
  public static ComfyUiProcess start(ServerSettings settings) {
    try {
      long begin = System.nanoTime();
      ComfyUiProcess started = new ComfyUiProcess(settings, ServerBase.make(settings));
      try {
        started.awaitReady(begin);
      } catch (Throwable e) {
        started.close();
        throw e;
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .directory(settings.source().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(base.log().toFile()));
    builder.environment().putAll(settings.environment());
    Process launched = builder.start();
    launched.getOutputStream().close();
    return launched;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(settings.python().toString());
    command.addAll(List.of("main.py", "--port", Integer.toString(port)));
    command.addAll(settings.commandLine(base.folder().toString()));
    return command;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(long begin) {
    Patience.until("ComfyUI to answer", START_LIMIT, this::answers);
    startTime = Duration.ofNanos(System.nanoTime() - begin);
    List<String> missing = api.missing(settings.nodes());
    if (!missing.isEmpty()) {
      throw new IllegalStateException("ComfyUI started without the nodes " + missing + base.tail());
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "ComfyUI ended with exit code "
              + process.exitValue()
              + " before it was ready"
              + base.tail());
    }
    return api.isReady();
  }

  /** How long the last start took until it answered. */
  public Duration startTime() {
    return startTime;
  }

  @Override
  public URI address() {
    return api.address();
  }

  @Override
  public Path base() {
    return base.folder();
  }

  @Override
  public Path log() {
    return base.log();
  }

  @Override
  public ComfyApi api() {
    return api;
  }

  @Override
  public synchronized void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public synchronized void start() {
    if (process.isAlive()) {
      throw new IllegalStateException("ComfyUI runs already");
    }
    try {
      long begin = System.nanoTime();
      process = launch();
      awaitReady(begin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException e) {
      // This JVM is ending already; whoever comes first stops the server, the other one waits.
    }
    stop();
  }

  /** Ends with the server gone, even when this thread is interrupted. */
  private synchronized void stop() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join()
        .destroyForcibly()
        .onExit()
        .join();
    if (Files.exists(base.folder())) {
      base.delete();
    }
  }
}
