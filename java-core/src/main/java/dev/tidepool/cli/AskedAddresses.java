package dev.tidepool.cli;

import dev.tidepool.bundle.BundledModel;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.exporting.Addresses;
import dev.tidepool.io.Steps;
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
  private final Check check;
  private final BufferedReader in;
  private boolean ended;

  /** Looks whether an address is one of a model; what is wrong with it is said. */
  interface Check {
    List<String> of(String url, BundledModel model, Steps steps);

    /** Believes everything. */
    static Check none() {
      return (url, model, steps) -> List.of(url);
    }
  }

  /**
   * Asks where others do not know.
   *
   * @param known who is asked before
   * @param check looks at what was typed
   */
  AskedAddresses(Terminal terminal, Addresses known, Check check) {
    this.terminal = terminal;
    this.known = known;
    this.check = check;
    this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  @Override
  public List<String> of(BundledModel model, Steps steps) {
    List<String> found = known.of(model, steps);
    if (!found.isEmpty() || ended) {
      return found;
    }
    steps.note("");
    steps.note(
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
        List<String> checked = check.of(SourceUrl.of(answer).text(), model, steps);
        if (!checked.isEmpty()) {
          return checked;
        }
      } catch (TidepoolException e) {
        if (e.kind() == ErrorKind.STOPPED) {
          throw e;
        }
        steps.note(e.text());
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
