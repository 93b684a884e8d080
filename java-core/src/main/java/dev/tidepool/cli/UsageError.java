package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in our words what picocli found wrong with the arguments. */
final class UsageError {
  private static final String CODE = "usage";

  private UsageError() {}

  static TidepoolException of(ParameterException mistake) {
    List<String> hints = new ArrayList<>();
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        hints.add("Did you mean " + suggestions.get(0) + "?");
      }
    }
    hints.add(helpOf(mistake.getCommandLine()));
    return new TidepoolException(
        ErrorKind.USAGE, CODE, message(mistake), hints.toArray(String[]::new));
  }

  static TidepoolException noCommand(CommandLine line) {
    return new TidepoolException(
        ErrorKind.USAGE,
        CODE,
        "Which command? One of: " + String.join(", ", line.getSubcommands().keySet()) + ".",
        helpOf(line));
  }

  private static String message(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().get(0);
      if (unmatched.isUnknownOption()) {
        return "Unknown option " + argument + ".";
      }
      return mistake.getCommandLine().getSubcommands().isEmpty()
          ? "One argument too many: " + argument + "."
          : "Unknown command " + argument + ".";
    }
    String text = String.valueOf(mistake.getMessage());
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  private static String helpOf(CommandLine line) {
    return line.getCommandSpec().qualifiedName() + " --help tells how.";
  }
}
