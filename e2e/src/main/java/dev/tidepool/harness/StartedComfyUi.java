package dev.tidepool.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ComfyUI that this process started, wherever it runs: it goes with this process at the latest.
 */
abstract class StartedComfyUi implements ComfyUi {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  final ServerSettings settings;
  final ServerBase base;
  private final int port;
  private final ComfyApi api;
  private final Thread stopAtExit = new Thread(this::stop, "stop-comfyui");

  StartedComfyUi(ServerSettings settings, ServerBase base) throws IOException {
    this.settings = settings;
    this.base = base;
    this.port = freePort();
    this.api = new ComfyApi(URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The exit code, once it has ended. */
  abstract Optional<Long> exitCode();

  /** Launches it, and does not wait for it. */
  abstract void launch() throws IOException;

  /** Ends it, and returns when it is gone; it may be gone already. */
  abstract void end();

  /**
   * Starts it for the first time.
   *
   * @throws IllegalStateException when it ends early, or lacks a node; with the log's last lines
   */
  final void begin() throws IOException {
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    try {
      launch();
      awaitReady();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** The command line, from the interpreter on. */
  final List<String> command(Path python) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(python.toString(), "main.py", "--port", Integer.toString(port)));
    command.addAll(settings.commandLine(base.folder()));
    return command;
  }

  final void awaitReady() {
    Patience.until("ComfyUI to answer", START_LIMIT, this::answers);
    base.demand(settings.nodes(), api);
  }

  private boolean answers() {
    Optional<Long> code = exitCode();
    if (code.isPresent()) {
      throw new IllegalStateException(
          "ComfyUI ended with exit code " + code.get() + " before it was ready" + base.tail());
    }
    return api.isReady();
  }

  @Override
  public final URI address() {
    return api.address();
  }

  @Override
  public final Path base() {
    return base.folder();
  }

  @Override
  public final Path log() {
    return base.log();
  }

  @Override
  public final ComfyApi api() {
    return api;
  }

  @Override
  public final void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (IllegalStateException e) {
      // This JVM is ending already; whoever comes first stops the server, the other one waits.
    }
    stop();
  }

  /** Ends with the server gone, even when this thread is interrupted. */
  private synchronized void stop() {
    boolean interrupted = Thread.interrupted();
    try {
      end();
    } finally {
      if (Files.exists(base.folder())) {
        base.delete();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
