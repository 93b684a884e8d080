package dev.tidepool.harness;

import java.net.URI;
import java.nio.file.Path;

/**
 * A ComfyUI that somebody else started and stops: while a test is being written, it saves the start
 * at each run. Named by the system properties {@code tidepool.url} and {@code tidepool.base}; its
 * log is expected as {@code server.log} in its base directory.
 *
 * @param api a client for it
 * @param base its base directory
 */
record RunningComfyUi(ComfyApi api, Path base) implements ComfyUi {
  /** Whether the system properties name one. */
  static boolean isNamed() {
    return System.getProperty("tidepool.url") != null;
  }

  /** The one that the system properties name. */
  static RunningComfyUi named() {
    URI address = URI.create(String.valueOf(System.getProperty("tidepool.url")));
    String base = System.getProperty("tidepool.base");
    if (base == null) {
      throw new IllegalStateException(
          "-Dtidepool.url needs -Dtidepool.base=… with the base directory of that ComfyUI");
    }
    return new RunningComfyUi(new ComfyApi(address), Path.of(base));
  }

  @Override
  public URI address() {
    return api.address();
  }

  @Override
  public Path log() {
    return base.resolve("server.log");
  }

  @Override
  public void kill() {
    throw notOurs();
  }

  @Override
  public void start() {
    throw notOurs();
  }

  private UnsupportedOperationException notOurs() {
    return new UnsupportedOperationException(
        "the ComfyUI at " + address() + " was started by somebody else");
  }

  @Override
  public void close() {
    // Not ours to stop.
  }
}
