package dev.tidepool.cli;

import dev.tidepool.environment.Trash;
import dev.tidepool.environment.Trashed;
import java.nio.file.Path;
import java.util.List;

/** {@code tidepool trash restore}: brings something back to where it was. */
final class TrashRestore implements Command {
  private static final String REPLACE = "--replace";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool trash restore", "Bring something back from the trash.")
        .parameter("ID", "As the list names it, or the name of a deleted environment.")
        .rest("PATH", "Of what a change took away, only these. Default: all of it.")
        .toggle(REPLACE, "What lies in its place now goes to the trash in turn.")
        .workspace()
        .json()
        .example("tidepool trash restore portraits")
        .example(
            "tidepool trash restore portraits/20260203T040506789Z"
                + " ComfyUI/user/default/workflows/a.json --replace")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Trash trash = TrashAnswer.open(arguments, terminal);
    Trashed trashed = trash.named(arguments.text(0));
    List<Path> only = arguments.texts(1).stream().map(Path::of).map(Path::normalize).toList();
    List<Path> restored = trash.restore(trashed, only, arguments.has(REPLACE));
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeArrayFieldStart("restored");
            for (Path path : restored) {
              generator.writeString(path.toString());
            }
            generator.writeEndArray();
            generator.writeEndObject();
          });
      return ExitCode.DONE;
    }
    restored.forEach(path -> terminal.out().println(PrintableText.of(path.toString())));
    terminal.say("Brought back from the trash.");
    if (trashed.isWhole()) {
      terminal.say(
          "hint: tidepool use " + trashed.environment() + " makes it the active environment.");
    }
    return ExitCode.DONE;
  }
}
