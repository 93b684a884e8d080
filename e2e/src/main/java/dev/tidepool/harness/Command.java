package dev.tidepool.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Other programs, run to their end. */
final class Command {
  private Command() {}

  /**
   * Runs a program, and returns what it printed.
   *
   * @throws IOException with its words when it fails
   */
  static String run(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            "%s failed with exit code %d: %s"
                .formatted(builder.command().get(0), process.exitValue(), words.strip()));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + builder.command().get(0), e);
    }
    return words;
  }
}
