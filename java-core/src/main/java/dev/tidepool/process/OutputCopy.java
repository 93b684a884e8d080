package dev.tidepool.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Shows what a running program prints as it comes, and writes it into a log as well, there line by
 * line and with passwords taken out.
 */
public final class OutputCopy {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int LONGEST_LINE = 1 << 13;

  private final InputStream in;
  private final OutputStream shown;
  private final OutputStream log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Thread thread = new Thread(this::copy, "tidepool-copy");
  private boolean logWorks = true;

  private OutputCopy(InputStream in, OutputStream shown, OutputStream log) {
    this.in = in;
    this.shown = shown;
    this.log = log;
  }

  /**
   * Begins to copy, on a thread of its own.
   *
   * @param log closed at the end of the output
   */
  public static OutputCopy of(Process process, OutputStream shown, OutputStream log) {
    OutputCopy copy = new OutputCopy(process.getInputStream(), shown, log);
    copy.thread.setDaemon(true);
    copy.thread.start();
    return copy;
  }

  /** Waits a moment for the last words of a program that has ended. */
  public void await() {
    try {
      thread.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy() {
    byte[] buffer = new byte[1 << 13];
    try (log) {
      int read = in.read(buffer);
      while (read >= 0) {
        shown.write(buffer, 0, read);
        shown.flush();
        log(buffer, read);
        read = in.read(buffer);
      }
      endLine();
    } catch (IOException e) {
      // The stream of a program that was ended breaks off.
    }
  }

  private void log(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      line.write(bytes[i]);
      if (bytes[i] == '\n' || bytes[i] == '\r' || line.size() >= LONGEST_LINE) {
        endLine();
      }
    }
  }

  /** A log that cannot be written must not end the program. */
  private void endLine() {
    if (logWorks && line.size() > 0) {
      try {
        String text = Secrets.hidden(line.toString(StandardCharsets.UTF_8));
        log.write(text.getBytes(StandardCharsets.UTF_8));
        log.flush();
      } catch (IOException e) {
        logWorks = false;
        System.getLogger("dev.tidepool.process")
            .log(System.Logger.Level.WARNING, "log not written reason={0}", e.toString());
      }
    }
    line.reset();
  }
}
