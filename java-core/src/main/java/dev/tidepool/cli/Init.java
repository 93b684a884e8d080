package dev.tidepool.cli;

import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.environment.WorkspaceSetup;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code tidepool init}: sets up a workspace; asks on a terminal, else takes the defaults. */
final class Init implements Command {
  private static final String MODELS = "--models-dir";
  private static final String NO_INTERACTIVE = "--no-interactive";
  private static final String YES = "--yes";

  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool init", "Set up a workspace: the folder with the environments.")
        .optionalFile("PATH", "The folder. Default: as for --workspace.")
        .fileOption(MODELS, "DIR", "Model files that you have; used where they are, only read.")
        .toggle(NO_INTERACTIVE, "Ask nothing and take the defaults, as without a terminal.")
        .toggle(YES, "The same.")
        .workspace()
        .json()
        .example("tidepool init")
        .example("tidepool init ~/comfy --models-dir /data/models")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Workspace workspace =
        arguments.values().isEmpty()
            ? Home.of(arguments, terminal).workspace()
            : Workspace.at(arguments.text(0), terminal.folder());
    StoreLocks locks = new StoreLocks();
    WorkspaceFile file = new WorkspaceFile(workspace, locks, terminal.clock());
    WorkspaceSetup setup = new WorkspaceSetup(workspace, file);
    setup.check();
    boolean asks =
        terminal.canAsk()
            && !arguments.json()
            && !arguments.has(NO_INTERACTIVE)
            && !arguments.has(YES)
            && !arguments.has(MODELS);
    Path models =
        asks
            ? ask(setup, workspace, terminal)
            : arguments.option(MODELS).map(terminal::path).orElseGet(workspace::models);
    setup.make(models.normalize());
    answer(arguments, terminal, workspace, models);
    return ExitCode.DONE;
  }

  /** Which models: those of a ComfyUI that is there, another folder, or none yet. */
  private static Path ask(WorkspaceSetup setup, Workspace workspace, Terminal terminal) {
    List<Path> known = setup.modelsHere(terminal.environment());
    terminal.say("Setting up " + workspace.folder() + ".");
    terminal.say("Where are your model files? They are used where they are, and only read.");
    for (int i = 0; i < known.size(); i++) {
      terminal.say("  " + (i + 1) + "  " + known.get(i));
    }
    terminal.say("A number, the path of a folder or of a ComfyUI, or nothing for a new folder.");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    while (true) {
      terminal.err().print("Models [" + PrintableText.of(workspace.models().toString()) + "]: ");
      terminal.err().flush();
      String answer = line(in);
      if (answer.isEmpty()) {
        return workspace.models();
      }
      if (answer.matches("[0-9]{1,2}")
          && Integer.parseInt(answer) >= 1
          && Integer.parseInt(answer) <= known.size()) {
        return known.get(Integer.parseInt(answer) - 1);
      }
      Path chosen = WorkspaceSetup.modelsIn(terminal.path(answer));
      if (java.nio.file.Files.isDirectory(chosen)) {
        return chosen;
      }
      terminal.say("There is no folder " + chosen + ".");
    }
  }

  private static String line(BufferedReader in) {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new TidepoolException(
            ErrorKind.STOPPED, "stopped", "Stopped before it was done: nothing was set up.");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(
      Arguments arguments, Terminal terminal, Workspace workspace, Path models) {
    if (arguments.json()) {
      JsonAnswer.print(
          terminal,
          generator -> {
            generator.writeStartObject();
            generator.writeStringField("workspace", workspace.folder().toString());
            generator.writeStringField("models", models.toString());
            generator.writeEndObject();
          });
      return;
    }
    terminal.say("The workspace is ready; its models are in " + models + ".");
    if (!workspace.equals(Workspace.of(terminal.environment(), terminal.folder()))) {
      terminal.say(
          "hint: export TIDEPOOL_HOME='" + workspace.folder() + "' makes it the one that is used.");
    }
    terminal.say("hint: tidepool create NAME makes an environment.");
    terminal.out().println(PrintableText.of(workspace.folder().toString()));
  }
}
