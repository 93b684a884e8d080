package dev.tidepool.cli;

import dev.tidepool.environment.Trash;
import dev.tidepool.environment.Trashed;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code tidepool trash empty}: deletes for good. */
final class TrashEmpty implements Command {
  private static final String OLDER = "--older-than";
  private static final String YES = "--yes";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool trash empty", "Delete what is in the trash for good.")
        .option(Syntax.ENVIRONMENT, "NAME", "Only what was, or belongs to, this environment.")
        .option(OLDER, "DAYS", "Only what has been there for so many days. Default: everything.")
        .toggle(YES, "Do it; without, it only shows what it would delete.")
        .workspace()
        .json()
        .example("tidepool trash empty --older-than 30 --yes")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Trash trash = TrashAnswer.open(arguments, terminal);
    Optional<String> environment = arguments.option(Syntax.ENVIRONMENT);
    Duration age = Duration.ofDays(arguments.option(OLDER).map(TrashEmpty::days).orElse(0));
    boolean yes = arguments.has(YES);
    List<Trashed> gone =
        yes
            ? LongWork.run(
                terminal, "Emptying the trash", progress -> trash.empty(environment, age, progress))
            : trash.lasting(environment, age);
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeBooleanField("done", yes);
            TrashAnswer.write(generator, "deleted", gone);
            generator.writeEndObject();
          });
      return ExitCode.DONE;
    }
    gone.forEach(one -> terminal.out().println(PrintableText.of(one.id())));
    long bytes = gone.stream().mapToLong(Trashed::bytes).sum();
    terminal.say(
        gone.isEmpty()
            ? "Nothing in the trash to delete."
            : (yes ? "Deleted " : "Would delete ")
                + Counted.of(gone.size(), "thing")
                + ", "
                + Sizes.text(bytes)
                + ".");
    if (!yes && !gone.isEmpty()) {
      terminal.say("hint: The same with --yes does it.");
    }
    return ExitCode.DONE;
  }

  private static int days(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw new TidepoolException(
          ErrorKind.USAGE, "usage", OLDER + " takes a number of days, not " + text + ".");
    }
    return Integer.parseInt(text);
  }
}
