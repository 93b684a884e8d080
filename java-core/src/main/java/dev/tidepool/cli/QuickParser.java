package dev.tidepool.cli;

import dev.tidepool.cli.Syntax.Option;
import dev.tidepool.cli.Syntax.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plain, correct command line without picocli, whose classes alone take as long to load as
 * a whole {@code profile list}. Whatever is not plain, such as help, a mistake or a value that
 * begins with a dash, it leaves to {@link FullParser}.
 */
final class QuickParser {
  private final Syntax syntax;
  private final Map<String, String> options = new HashMap<>();
  private final List<String> values = new ArrayList<>();

  private QuickParser(Syntax syntax) {
    this.syntax = syntax;
  }

  /** Reads the arguments after the command's words; null when that takes more than this parser. */
  static @Nullable Arguments parse(Syntax syntax, List<String> arguments) {
    QuickParser parser = new QuickParser(syntax);
    return parser.read(arguments) && parser.countFits()
        ? new Arguments(parser.options, parser.values)
        : null;
  }

  private boolean read(List<String> arguments) {
    int position = 0;
    while (position < arguments.size()) {
      String argument = arguments.get(position++);
      if (argument.equals("--")) {
        values.addAll(arguments.subList(position, arguments.size()));
        return true;
      }
      if (!argument.startsWith("-")) {
        values.add(argument);
        continue;
      }
      Option option = optionNamed(argument);
      if (option == null) {
        if (!syntax.passesOptionsOn() || argument.equals("-h") || argument.equals("--help")) {
          return false;
        }
        values.add(argument);
        continue;
      }
      String value = "";
      if (option.takesValue()) {
        if (position == arguments.size() || arguments.get(position).startsWith("-")) {
          return false;
        }
        value = arguments.get(position++);
      }
      if (options.put(option.name(), value) != null) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Option optionNamed(String name) {
    for (Option option : syntax.options()) {
      if (option.names().contains(name)) {
        return option;
      }
    }
    return null;
  }

  private boolean countFits() {
    List<Parameter> parameters = syntax.parameters();
    boolean many = !parameters.isEmpty() && parameters.get(parameters.size() - 1).many();
    long required = parameters.stream().filter(Parameter::required).count();
    return values.size() >= required && (many || values.size() <= parameters.size());
  }
}
