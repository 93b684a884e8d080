package dev.tidepool.cli;

import dev.tidepool.importing.ImportConflict;
import dev.tidepool.importing.ImportConflict.Way;
import dev.tidepool.importing.MergeQuestions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks on the terminal what to do about a conflict: a number takes a way, q stops. */
final class ImportQuestions implements MergeQuestions {
  private final Terminal terminal;
  private final BufferedReader in;

  ImportQuestions(Terminal terminal) {
    this.terminal = terminal;
    this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Way> choose(ImportConflict conflict) {
    List<Way> ways = conflict.ways();
    terminal.say("");
    terminal.say(conflict.message() + " What now?");
    for (int i = 0; i < ways.size(); i++) {
      terminal.say("  " + (i + 1) + "  " + words(ways.get(i)));
    }
    while (true) {
      terminal.err().print("Number, q to leave everything as it is [q]: ");
      terminal.err().flush();
      String answer = line();
      if (answer.isEmpty() || answer.equals("q")) {
        return Optional.empty();
      }
      if (answer.matches("[1-9]") && Integer.parseInt(answer) <= ways.size()) {
        return Optional.of(ways.get(Integer.parseInt(answer) - 1));
      }
      terminal.say("There is no " + answer + "; from 1 to " + ways.size() + ", or q.");
    }
  }

  private static String words(Way way) {
    return switch (way) {
      case KEEP_MINE -> "keep what is there, and leave out the bundle's";
      case TAKE_THEIRS -> "take the bundle's; what is there goes to the environment's trash";
      case KEEP_BOTH -> "keep both: the bundle's gets another name";
    };
  }

  private String line() {
    try {
      String line = in.readLine();
      return line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
