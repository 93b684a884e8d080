package dev.tidepool.harness;

import java.net.URI;
import java.nio.file.Path;

/** A running ComfyUI. Safe for use by several threads; whoever started it closes it. */
public interface ComfyUi extends AutoCloseable {
  /** Where it listens, such as {@code http://127.0.0.1:8188}. */
  URI address();

  /** Its base directory, with {@code input}, {@code output}, {@code custom_nodes} and the rest. */
  Path base();

  /** The file that everything it prints goes into. */
  Path log();

  /** A client for its API. */
  ComfyApi api();

  /** Stops it, and returns when it is gone. */
  @Override
  void close();
}
