package dev.tidepool.cli;

import dev.tidepool.node.Conflict;
import dev.tidepool.node.Conflict.Way;
import dev.tidepool.node.Questions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks on the terminal which way out of a conflict to take: a number takes one, q stops. */
final class NodeQuestions implements Questions {
  private final Terminal terminal;
  private final BufferedReader in;

  NodeQuestions(Terminal terminal) {
    this.terminal = terminal;
    this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Way> choose(Conflict conflict) {
    List<Way> ways = conflict.ways();
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    terminal.say("");
    terminal.say(conflict.message() + " What now?");
    for (int i = 0; i < ways.size(); i++) {
      terminal.say("  " + (i + 1) + "  " + words(ways.get(i)));
    }
    while (true) {
      String answer = ask("Number, q to leave everything as it is [q]: ");
      if (answer.isEmpty() || answer.equals("q")) {
        return Optional.empty();
      }
      if (answer.matches("[1-9]") && Integer.parseInt(answer) <= ways.size()) {
        return Optional.of(ways.get(Integer.parseInt(answer) - 1));
      }
      terminal.say("There is no " + answer + "; from 1 to " + ways.size() + ", or q.");
    }
  }

  @Override
  public boolean mayRun(String pack, String script) {
    return ask("Run " + script + " of " + pack + "? It can do anything that you can. [y/N]: ")
        .matches("y|yes");
  }

  private static String words(Way way) {
    return switch (way) {
      case REPLACE -> "move it to the environment's trash, and put the pack there";
      case TRACK -> "keep it, and track it as a folder that you work on";
      case RENAME -> "give it another name, and put the pack there";
      case BRING_BACK -> "bring the disabled folder back; the other one goes to the trash";
      case DISCARD_DISABLED -> "move the disabled folder to the environment's trash";
      case LOOSEN -> "let the new packs do with any version of these packages";
    };
  }

  private String ask(String question) {
    terminal.err().print(PrintableText.of(question));
    terminal.err().flush();
    try {
      String line = in.readLine();
      return line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
