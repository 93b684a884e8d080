package dev.tidepool.cli;

import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Offer;
import dev.tidepool.resolution.Offering;
import dev.tidepool.workflow.ModelReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks on the terminal which file a workflow means: a number takes one, s skips, q stops. */
final class Questions implements Asking {
  private final Terminal terminal;
  private final Offering offering;
  private final BufferedReader in;

  Questions(Terminal terminal, Offering offering) {
    this.terminal = terminal;
    this.offering = offering;
    this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> choose(ModelReference reference, List<Offer> offers) throws Stopped {
    terminal.say("");
    terminal.say(
        WorkflowModels.name(reference.node())
            + " "
            + reference.node().type()
            + "."
            + reference.slot().input()
            + " names "
            + reference.value()
            + ", which is not in "
            + reference.folder()
            + ". Which file is it?");
    for (int i = 0; i < offers.size(); i++) {
      terminal.say("  " + (i + 1) + "  " + described(reference, offers.get(i)));
    }
    while (true) {
      terminal.err().print("Number, s to skip, q to stop [s]: ");
      terminal.err().flush();
      String answer = line();
      if (answer.isEmpty() || answer.equals("s")) {
        return Optional.empty();
      }
      if (answer.equals("q")) {
        throw new Stopped();
      }
      Optional<Offer> chosen = numbered(answer, offers);
      if (chosen.isPresent()) {
        return chosen.map(Offer::value);
      }
      terminal.say("There is no " + answer + "; from 1 to " + offers.size() + ", s or q.");
    }
  }

  private String described(ModelReference reference, Offer offer) {
    StringBuilder text = new StringBuilder(reference.folder()).append(": ").append(offer.value());
    offering
        .bytes(reference.folder(), offer.value())
        .ifPresent(bytes -> text.append(", ").append(Sizes.text(bytes)));
    return text.append(" (").append(offer.reason().words()).append(')').toString();
  }

  /** What was typed; at the end of the input the user has no more answers. */
  private String line() throws Stopped {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new Stopped();
      }
      return line.strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Offer> numbered(String answer, List<Offer> offers) {
    if (!answer.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(answer);
    return number >= 1 && number <= offers.size()
        ? Optional.of(offers.get(number - 1))
        : Optional.empty();
  }
}
