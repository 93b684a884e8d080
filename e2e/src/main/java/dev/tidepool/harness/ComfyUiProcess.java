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
  private final Place.Machine place;
  private final ServerBase base;
  private final int port;
  private final ComfyApi api;
  private final Thread stopAtExit = new Thread(this::stop, "stop-comfyui");
  private Process process;

  private ComfyUiProcess(ServerSettings settings, Place.Machine place, ServerBase base)
      throws IOException {
    this.settings = settings;
    this.place = place;
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
  static ComfyUiProcess start(ServerSettings settings, Place.Machine place) {
    try {
      ComfyUiProcess started = new ComfyUiProcess(settings, place, ServerBase.make(settings));
      try {
        started.awaitReady();
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
    command.add(place.python().toString());
    command.addAll(List.of("main.py", "--port", Integer.toString(port)));
    command.addAll(settings.commandLine(base.folder()));
    return command;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() {
    Patience.until("ComfyUI to answer", START_LIMIT, this::answers);
    base.demand(settings.nodes(), api);
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
      process = launch();
      awaitReady();
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
