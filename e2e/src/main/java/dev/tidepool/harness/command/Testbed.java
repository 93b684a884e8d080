package dev.tidepool.harness.command;

import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.Patience;
import dev.tidepool.harness.golden.Conversion;
import dev.tidepool.harness.golden.GoldenException;
import dev.tidepool.harness.golden.WorkflowTest;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The connection to the server, which is mended when a workflow broke it. */
final class Testbed implements AutoCloseable {
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);

  private final ServerSource.Connected server;
  private final Conversion conversion;
  private WorkflowTest test;

  Testbed(ServerSource.Connected server, Conversion conversion) {
    this.server = server;
    this.conversion = conversion;
    this.test = connect();
  }

  private WorkflowTest connect() {
    Optional<Path> base = server.started().map(ComfyUi::base);
    return new WorkflowTest(server.api(), base, conversion);
  }

  WorkflowTest test() {
    return test;
  }

  /**
   * Gives the other workflows a server that is ready, after one that could not be tested.
   *
   * @throws CommandException when there is none to be had
   */
  void mend() {
    boolean busy = test.isBusy();
    test.close();
    if (busy) {
      throw CommandException.failure(
          "server-busy",
          "The server at %s is still busy with a workflow that was stopped."
              .formatted(server.api().address()),
          "Restart it, and run again.",
          "Without --url a server is started for the run, and started again when need be.");
    }
    server.started().filter(started -> !becomesIdle()).ifPresent(Testbed::startAgain);
    try {
      test = connect();
    } catch (GoldenException e) {
      throw CommandException.failure(
          "server-lost", String.valueOf(e.getMessage()), e.hints().toArray(String[]::new));
    }
  }

  /** Whether nothing runs any more: a node may have ended the server, or not heed its stop. */
  private boolean becomesIdle() {
    try {
      Patience.until("an empty queue", IDLE_LIMIT, () -> server.api().queue().length() == 0);
      return true;
    } catch (UncheckedIOException | AssertionError e) {
      return false;
    }
  }

  private static void startAgain(ComfyUi started) {
    try {
      started.kill();
      started.start();
    } catch (RuntimeException | AssertionError e) {
      // The engine of containers has exceptions of its own.
      throw CommandException.failure(
          "server-start-failed", "ComfyUI did not start again: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    test.close();
  }
}
