package dev.tidepool.cli;

import dev.tidepool.cli.Syntax.Option;
import dev.tidepool.cli.Syntax.Parameter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command's syntax as picocli sees it: every form of arguments, help, and what is wrong. */
final class FullParser {
  private FullParser() {}

  /**
   * Reads the arguments after the command's words.
   *
   * @return null when help was asked for and has been printed
   * @throws dev.tidepool.error.TidepoolException of the code {@code usage}
   */
  static @Nullable Arguments parse(Syntax syntax, List<String> arguments, Terminal terminal) {
    CommandLine line = new CommandLine(spec(syntax));
    line.setUnmatchedOptionsArePositionalParams(syntax.passesOptionsOn());
    ParseResult parsed = parse(line, arguments);
    if (parsed.isUsageHelpRequested()) {
      help(line, terminal);
      return null;
    }
    Map<String, String> options = new HashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      boolean takesValue = option.arity().max() > 0;
      options.put(option.longestName(), takesValue ? option.originalStringValues().get(0) : "");
    }
    List<String> values = new ArrayList<>();
    // Not matchedPositionals(), which names a parameter once for every time it was matched.
    for (PositionalParamSpec parameter : line.getCommandSpec().positionalParameters()) {
      values.addAll(parameter.originalStringValues());
    }
    return new Arguments(options, values);
  }

  /** Reads arguments, with picocli's complaints in our words. */
  static ParseResult parse(CommandLine line, List<String> arguments) {
    try {
      // Names may begin with @, which picocli would take for a file of arguments.
      return line.setExpandAtFiles(false)
          .setInterpolateVariables(false)
          .parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw UsageError.of(e);
    }
  }

  static void help(CommandLine line, Terminal terminal) {
    PrintStream out = terminal.out();
    line.usage(out, terminal.coloursOut() ? Ansi.ON : Ansi.OFF);
  }

  static CommandSpec spec(Syntax syntax) {
    CommandSpec spec = CommandSpec.create().name(syntax.words());
    spec.usageMessage().description(escaped(syntax.description()));
    for (int i = 0; i < syntax.parameters().size(); i++) {
      spec.addPositional(positional(i, syntax.parameters().get(i)));
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and exit.")
            .build());
    for (Option option : syntax.options()) {
      spec.addOption(option(option));
    }
    if (!syntax.examples().isEmpty()) {
      spec.usageMessage()
          .footerHeading("%nExamples:%n")
          .footer(syntax.examples().stream().map(FullParser::indented).toArray(String[]::new));
    }
    return spec;
  }

  private static PositionalParamSpec positional(int index, Parameter parameter) {
    Class<?> type = parameter.file() ? Path.class : String.class;
    return PositionalParamSpec.builder()
        .index(parameter.many() ? index + "..*" : Integer.toString(index))
        .arity((parameter.required() ? "1" : "0") + (parameter.many() ? "..*" : "..1"))
        .required(parameter.required())
        .type(parameter.many() ? List.class : type)
        .auxiliaryTypes(type)
        .paramLabel(parameter.label())
        .description(escaped(parameter.description()))
        .build();
  }

  private static OptionSpec option(Option option) {
    OptionSpec.Builder spec =
        OptionSpec.builder(option.names().toArray(String[]::new))
            .description(escaped(option.description()));
    if (!option.takesValue()) {
      return spec.type(boolean.class).arity("0").build();
    }
    return spec.type(option.file() ? Path.class : String.class).paramLabel(option.label()).build();
  }

  private static String indented(String line) {
    return "  " + escaped(line);
  }

  // Picocli runs every text of the help through String.format.
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
