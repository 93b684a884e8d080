package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal before something is done; anything but a yes means no. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Goes on after a yes.
   *
   * @throws TidepoolException {@code stopped}
   */
  static void require(Terminal terminal, String question) {
    if (!isGiven(terminal, lines(terminal), question)) {
      throw new TidepoolException(ErrorKind.STOPPED, "stopped", "Nothing was changed.");
    }
  }

  /**
   * Whether the answer is a yes.
   *
   * @param in what is typed; the same for all questions of a command, for it reads ahead
   */
  static boolean isGiven(Terminal terminal, BufferedReader in, String question) {
    terminal.err().print(question + " [y/N]: ");
    terminal.err().flush();
    try {
      @Nullable String line = in.readLine();
      return line != null && line.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is typed on the terminal. */
  static BufferedReader lines(Terminal terminal) {
    return new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }
}
