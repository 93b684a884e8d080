package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks on the terminal before something is done; anything but a yes means no. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Goes on after a yes.
   *
   * @throws TidepoolException {@code stopped}
   */
  static void require(Terminal terminal, String question) {
    terminal.err().print(question + " [y/N]: ");
    terminal.err().flush();
    if (!line(terminal).toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new TidepoolException(ErrorKind.STOPPED, "stopped", "Nothing was changed.");
    }
  }

  private static String line(Terminal terminal) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
