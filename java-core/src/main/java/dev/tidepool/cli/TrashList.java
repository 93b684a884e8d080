package dev.tidepool.cli;

import dev.tidepool.environment.Trashed;
import java.nio.file.Path;
import java.util.List;

/** {@code tidepool trash list}: what can be had again. */
final class TrashList implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool trash list",
            "Show the environments that were deleted, and what changes took away from the others.")
        .option(Syntax.ENVIRONMENT, "NAME", "Only what was, or belongs to, this environment.")
        .workspace()
        .json()
        .example("tidepool trash list")
        .example("tidepool trash list -e portraits --json")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    List<Trashed> all =
        TrashAnswer.open(arguments, terminal).all(arguments.option(Syntax.ENVIRONMENT));
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            TrashAnswer.write(generator, "trash", all);
            generator.writeEndObject();
          });
      return ExitCode.DONE;
    }
    if (all.isEmpty()) {
      terminal.say("The trash is empty.");
      return ExitCode.DONE;
    }
    Table table = new Table("ID", "SIZE", "WHAT");
    for (Trashed one : all) {
      table.row(one.id(), Sizes.text(one.bytes()), what(one));
    }
    table.print(terminal);
    terminal.say("hint: tidepool trash restore ID brings one back, tidepool trash empty deletes.");
    return ExitCode.DONE;
  }

  private static String what(Trashed one) {
    if (one.isWhole()) {
      return "the environment " + one.environment();
    }
    Path first = one.paths().get(0);
    int others = one.paths().size() - 1;
    return others == 0 ? first.toString() : first + " and " + Counted.of(others, "other");
  }
}
