package dev.tidepool.cli;

import dev.tidepool.environment.Environments;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** {@code tidepool delete}: moves an environment into the workspace's trash. */
final class Delete implements Command {
  private static final String PURGE = "--purge";
  private static final String FORCE = "--force";
  private static final String YES = "--yes";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool delete",
            "Move an environment into the workspace's trash. Models are not in it, and stay.")
        .parameter("NAME", "Its name.")
        .toggle(PURGE, "Delete it for good: workflows, pictures and all.")
        .toggle(FORCE, "Also while its ComfyUI runs.")
        .toggle(YES, "Do not ask before deleting for good.")
        .workspace()
        .json()
        .example("tidepool delete test")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    String name = arguments.text(0);
    Environments environments = OpenEnvironment.all(arguments, terminal);
    if (arguments.has(PURGE) && !arguments.has(YES) && terminal.canAsk() && !agrees(terminal)) {
      terminal.say("Nothing was deleted.");
      return ExitCode.STOPPED;
    }
    Optional<Path> place =
        LongWork.run(
            terminal,
            "Deleting " + name,
            progress -> environments.delete(name, arguments.has(PURGE), arguments.has(FORCE)));
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeStringField("deleted", name);
            if (place.isPresent()) {
              generator.writeStringField("trash", place.get().toString());
            }
            generator.writeEndObject();
          });
      return ExitCode.DONE;
    }
    if (place.isEmpty()) {
      terminal.say("Deleted " + name + " for good.");
      return ExitCode.DONE;
    }
    terminal.say("Moved " + name + " into the trash, where it takes its space:");
    terminal.out().println(PrintableText.of(place.get().toString()));
    terminal.say("hint: tidepool trash restore brings it back, tidepool trash empty deletes it.");
    return ExitCode.DONE;
  }

  private static boolean agrees(Terminal terminal) {
    terminal.err().print("Delete it for good, workflows, pictures and all? [y/N]: ");
    terminal.err().flush();
    try {
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return line != null && line.strip().equalsIgnoreCase("y");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
