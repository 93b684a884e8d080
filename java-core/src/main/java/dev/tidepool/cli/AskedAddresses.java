package dev.tidepool.cli;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.exporting.Addresses;
import dev.tidepool.model.SourceUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks on the terminal where a model can be downloaded that nobody else knows an address of. */
final class AskedAddresses implements Addresses {
  private final Terminal terminal;
  private final Addresses known;
  private final BufferedReader in;
  private boolean ended;

  /**
   * Asks where others do not know.
   *
   * @param known who is asked before
   */
  AskedAddresses(Terminal terminal, Addresses known) {
    this.terminal = terminal;
    this.known = known;
    this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  @Override
  public List<String> of(BundledModel model) {
    List<String> found = known.of(model);
    if (!found.isEmpty() || model.member().isPresent() || ended) {
      return found;
    }
    terminal.say("");
    terminal.say(
        "Nobody knows where "
            + model.relativePath()
            + " ("
            + Sizes.text(model.size())
            + ") can be downloaded.");
    while (true) {
      terminal.err().print("Its address, Enter to leave it without one: ");
      terminal.err().flush();
      String answer = line();
      if (answer.isEmpty()) {
        return List.of();
      }
      try {
        return List.of(SourceUrl.of(answer).text());
      } catch (TidepoolException e) {
        terminal.say(e.text());
      }
    }
  }

  private String line() {
    try {
      @Nullable String line = in.readLine();
      ended = line == null;
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
