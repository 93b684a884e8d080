package dev.tidepool.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A ComfyUI started as a process of this machine, in a base directory of its own. It is stopped by
 * its own id when it is closed, and when this JVM ends, however that comes about.
 */
public final class ComfyUiProcess extends StartedComfyUi {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Place.Machine place;
  private @Nullable Process process;

  private ComfyUiProcess(ServerSettings settings, Place.Machine place, ServerBase base)
      throws IOException {
    super(settings, base);
    this.place = place;
  }

  /**
   * Starts ComfyUI and waits until it answers with all expected nodes.
   *
   * @throws IllegalStateException when it ends early, or lacks a node; with the log's last lines
   */
  static ComfyUiProcess start(ServerSettings settings, Place.Machine place) {
    try {
      ComfyUiProcess started = new ComfyUiProcess(settings, place, ServerBase.make(settings));
      started.begin();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(place.python()))
            .directory(settings.source().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(base.log().toFile()));
    builder.environment().putAll(settings.environment());
    Process launched = builder.start();
    process = launched;
    launched.getOutputStream().close();
  }

  @Override
  Optional<Long> exitCode() {
    return Optional.ofNullable(process)
        .filter(launched -> !launched.isAlive())
        .map(launched -> (long) launched.exitValue());
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  @Override
  public synchronized void start() {
    if (exitCode().isEmpty()) {
      throw new IllegalStateException("ComfyUI runs already");
    }
    try {
      launch();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void end() {
    Process running = process;
    if (running != null) {
      running.destroy();
      running
          .onExit()
          .completeOnTimeout(running, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .join()
          .destroyForcibly()
          .onExit()
          .join();
    }
  }
}
