package dev.tidepool.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** All commands at once: what help above a single command, completion and suggestions need. */
final class CommandTree {
  private static final Map<String, String> GROUPS =
      Map.of(
          "profile", "Named pools of images that can be copied, exported and imported.",
          "pool", "The images of one pool.",
          "node", "The node packs of an environment.",
          "workflow", "Workflows: what is in them, which models they need, what differs.",
          "models", "An index of model files, by their content.",
          "models source", "Where models can be downloaded.",
          "bundle", "Bundles: what is in one, and the keys that sign them.",
          "trash", "What was deleted and can be had again.");

  private CommandTree() {}

  /** Answers arguments that name no command: help, version, mistakes. */
  static int answer(List<String> arguments, Terminal terminal) {
    ParseResult parsed = FullParser.parse(build(), arguments);
    if (parsed.isVersionHelpRequested()) {
      terminal.out().println("tidepool " + version());
      return ExitCode.DONE;
    }
    ParseResult deepest = deepest(parsed);
    CommandLine line = deepest.commandSpec().commandLine();
    if (arguments.isEmpty()) {
      // A list of thirty names would tell someone who types this first nothing.
      FullParser.help(line, terminal);
      return ExitCode.DONE;
    }
    if (!deepest.isUsageHelpRequested()) {
      throw UsageError.noCommand(line);
    }
    FullParser.help(line, terminal);
    return ExitCode.DONE;
  }

  static CommandLine build() {
    CommandSpec root =
        group("tidepool", "Image pools for ComfyUI, and environments to run it in.")
            .addOption(
                OptionSpec.builder("--version")
                    .versionHelp(true)
                    .description("Show the version and exit.")
                    .build());
    root.usageMessage()
        .footer(
            "",
            "Exit codes: 0 done, 1 a failure that the message explains, 2 wrong usage,",
            "3 stopped by the user, 70 a bug in Tidepool.",
            "",
            "tidepool COMMAND --help tells more about one command.");
    Map<String, CommandSpec> groups = new HashMap<>();
    for (CommandName command : CommandName.values()) {
      CommandSpec spec = FullParser.spec(command.create().syntax());
      if (command.words() == 1) {
        String word = command.groups().get(0);
        root.addSubcommand(word, spec.name(word));
      } else {
        groupOf(command, root, groups).addSubcommand(command.word(), spec.name(command.word()));
      }
    }
    return new CommandLine(root);
  }

  private static ParseResult deepest(ParseResult parsed) {
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    return deepest;
  }

  private static CommandSpec groupOf(
      CommandName command, CommandSpec root, Map<String, CommandSpec> groups) {
    CommandSpec above = root;
    String words = "";
    for (String word : command.groups()) {
      words = words.isEmpty() ? word : words + " " + word;
      CommandSpec group = groups.get(words);
      if (group == null) {
        group = group(word, GROUPS.getOrDefault(words, ""));
        groups.put(words, group);
        above.addSubcommand(word, group);
      }
      above = group;
    }
    return above;
  }

  private static CommandSpec group(String words, String description) {
    CommandSpec spec = FullParser.spec(Syntax.of(words, description).build());
    spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    return spec;
  }

  /** The version of Tidepool. */
  static String version() {
    @Nullable String version = CommandTree.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
