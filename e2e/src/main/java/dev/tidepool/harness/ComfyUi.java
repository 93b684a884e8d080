package dev.tidepool.harness;

import java.net.URI;
import java.nio.file.Path;

/**
 * A running ComfyUI, as a process of this machine or in a container. Safe for use by several
 * threads; whoever started it closes it.
 */
public interface ComfyUi extends AutoCloseable {
  /**
   * Starts one where the settings say, and waits until it answers with all expected nodes.
   *
   * @throws IllegalStateException when it ends early or lacks a node, with the log's last lines; or
   *     when its place is a container and there is no Docker engine
   */
  static ComfyUi start(ServerSettings settings) {
    if (settings.place() instanceof Place.Container container) {
      return ComfyUiContainer.start(settings, container);
    }
    return ComfyUiProcess.start(settings, (Place.Machine) settings.place());
  }

  /** Where it listens, such as {@code http://127.0.0.1:8188}; the same after every start. */
  URI address();

  /**
   * Its base directory, with {@code input}, {@code output}, {@code custom_nodes} and the rest. What
   * is put there, the server sees, and the other way round; files come in and out this way.
   */
  Path base();

  /** The file that everything it prints goes into, over all its starts. */
  Path log();

  /** A client for its API. */
  ComfyApi api();

  /**
   * Ends it at once, as a crash or a loss of power does: nothing gets a chance to tidy up.
   *
   * @throws UnsupportedOperationException when somebody else started it
   */
  void kill();

  /**
   * Starts it again after {@link #kill}, on the same address and base directory, and waits until it
   * answers.
   *
   * @throws UnsupportedOperationException when somebody else started it
   */
  void start();

  /** Stops it, and returns when it is gone. */
  @Override
  void close();
}
