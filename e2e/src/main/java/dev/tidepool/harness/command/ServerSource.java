package dev.tidepool.harness.command;

import dev.tidepool.harness.ComfyApi;
import dev.tidepool.harness.ComfyUi;
import java.util.Optional;

/** Where the ComfyUI of a run comes from. */
interface ServerSource {
  /**
   * Starts or finds it.
   *
   * @throws CommandException when that fails
   */
  Connected open();

  /**
   * A ComfyUI to test with.
   *
   * @param started the server, when it was started for this run; it is stopped by closing
   */
  record Connected(ComfyApi api, Optional<ComfyUi> started) implements AutoCloseable {
    @Override
    public void close() {
      started.ifPresent(ComfyUi::close);
    }
  }
}
