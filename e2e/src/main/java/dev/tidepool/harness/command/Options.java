package dev.tidepool.harness.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the command line asks for.
 *
 * @param paths the workflows and folders
 * @param arguments what ComfyUI's main.py gets
 */
record Options(
    List<Path> paths,
    boolean update,
    Optional<Path> comfyui,
    Optional<Path> python,
    Optional<String> url,
    List<Path> packs,
    Path report,
    boolean json,
    List<String> arguments) {
  static final String NAME = "tidepool workflow test";
  private static final String USUAL_REPORT = "tidepool-report";

  /** Whether the arguments ask for help. */
  static boolean wantHelp(List<String> arguments) {
    List<String> own = own(arguments);
    return own.contains("--help") || own.contains("-h");
  }

  /** Prints the help. */
  static void help(PrintStream out, boolean colours) {
    new CommandLine(spec()).usage(out, colours ? Ansi.ON : Ansi.OFF);
  }

  /** Those before {@code --}; what follows goes to ComfyUI. */
  private static List<String> own(List<String> arguments) {
    int end = arguments.indexOf("--");
    return end < 0 ? arguments : arguments.subList(0, end);
  }

  /**
   * Reads the arguments.
   *
   * @throws CommandException when they are wrong
   */
  static Options parse(List<String> arguments, Path folder) {
    List<String> own = own(arguments);
    List<String> rest =
        own.size() == arguments.size()
            ? List.of()
            : arguments.subList(own.size() + 1, arguments.size());
    ParseResult parsed = parse(own);
    Optional<String> url = value(parsed, "--url");
    Optional<Path> comfyui = value(parsed, "--comfyui").map(folder::resolve);
    Optional<Path> python = value(parsed, "--python").map(folder::resolve);
    List<Path> packs =
        values(parsed, "--node-pack").stream().map(folder::resolve).map(Path::normalize).toList();
    if (url.isPresent() && (comfyui.isPresent() || python.isPresent())) {
      throw wrong("--url names a running server, so nothing can be started.");
    }
    if (url.isPresent() && !(packs.isEmpty() && rest.isEmpty())) {
      throw wrong("Packs and arguments are for a server that this command starts, not for --url.");
    }
    if (python.isPresent() && comfyui.isEmpty()) {
      throw wrong("--python goes with --comfyui.");
    }
    // A parameter is matched once for each time it occurs; its own list has all.
    List<Path> paths = new ArrayList<>();
    for (PositionalParamSpec parameter :
        parsed.commandSpec().commandLine().getCommandSpec().positionalParameters()) {
      parameter.originalStringValues().forEach(text -> paths.add(folder.resolve(text)));
    }
    return new Options(
        paths,
        parsed.hasMatchedOption("--update"),
        comfyui,
        python,
        url,
        packs,
        folder.resolve(value(parsed, "--report").orElse(USUAL_REPORT)),
        parsed.hasMatchedOption("--json"),
        rest);
  }

  private static CommandException wrong(String message) {
    return CommandException.usage(message, NAME + " --help tells how.");
  }

  private static ParseResult parse(List<String> arguments) {
    try {
      return new CommandLine(spec())
          .setExpandAtFiles(false)
          .setInterpolateVariables(false)
          .parseArgs(arguments.toArray(String[]::new));
    } catch (UnmatchedArgumentException e) {
      String help = NAME + " --help tells how.";
      String message = "Unknown option " + e.getUnmatched().get(0) + ".";
      throw e.getSuggestions().isEmpty()
          ? CommandException.usage(message, help)
          : CommandException.usage(
              message, "Did you mean " + e.getSuggestions().get(0) + "?", help);
    } catch (ParameterException e) {
      String text = String.valueOf(e.getMessage());
      throw wrong(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".");
    }
  }

  private static Optional<String> value(ParseResult parsed, String option) {
    return values(parsed, option).stream().findFirst();
  }

  private static List<String> values(ParseResult parsed, String option) {
    return parsed.hasMatchedOption(option)
        ? parsed.matchedOption(option).originalStringValues()
        : List.of();
  }

  private static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(NAME);
    spec.usageMessage()
        .description("Run workflows on a real ComfyUI and compare all results with stored ones.")
        .footerHeading("%nExamples:%n")
        .footer(
            "  tidepool workflow test workflows --update",
            "  tidepool workflow test workflows --node-pack . --report build/report",
            "  tidepool workflow test one.json --url http://127.0.0.1:8188",
            "",
            "Exit codes: 0 all as stored, 1 differences or failures, 2 wrong usage,",
            "3 stopped by the user.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("DIR|FILE")
            .description("Workflows (.json, of the editor or the API) and folders of them.")
            .build());
    return spec.addOption(toggle("--update", "Say what changed, then store the new results."))
        .addOption(
            text(
                "--comfyui",
                "SOURCE",
                "The folder of the ComfyUI to start. Default: the one of tidepool up."))
        .addOption(text("--python", "EXE", "Its Python. Default: that of its .venv or venv."))
        .addOption(text("--url", "URL", "A ComfyUI that runs already."))
        .addOption(
            OptionSpec.builder("--node-pack")
                .paramLabel("DIR")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("A node pack to install. May be given several times.")
                .build())
        .addOption(text("--report", "DIR", "Where the report goes. Default: " + USUAL_REPORT + "."))
        .addOption(toggle("--json", "Print the report as JSON, errors included."))
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
  }

  private static OptionSpec toggle(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  private static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }
}
