package dev.tidepool.cli;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.environment.WorkspaceFile;
import dev.tidepool.environment.WorkspaceSetup;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    if (asks) {
      ask(setup, workspace, arguments, terminal);
    } else {
      make(
          setup,
          workspace,
          arguments.option(MODELS).map(terminal::path).orElseGet(workspace::models),
          arguments,
          terminal);
    }
    return ExitCode.DONE;
  }

  private static void make(
      WorkspaceSetup setup,
      Workspace workspace,
      Path models,
      Arguments arguments,
      Terminal terminal) {
    setup.make(models.normalize());
    answer(arguments, terminal, workspace, models);
  }

  private static void ask(
      WorkspaceSetup setup, Workspace workspace, Arguments arguments, Terminal terminal) {
    BufferedReader in = Confirmation.lines(terminal);
    List<Path> known = setup.comfyUisHere(terminal.environment());
    Chosen chosen = chosen(known, workspace, in, terminal);
    make(setup, workspace, chosen.models(), arguments, terminal);
    for (Path comfyUi : chosen.comfyUi().map(List::of).orElse(known)) {
      if (isAdopted(comfyUi, workspace, in, terminal)) {
        return;
      }
    }
  }

  /** Adopts a ComfyUI if that is wanted. */
  private static boolean isAdopted(
      Path comfyUi, Workspace workspace, BufferedReader in, Terminal terminal) {
    terminal.say("There is a ComfyUI in " + comfyUi + ". A copy of it can be an environment.");
    if (Confirmation.isGiven(terminal, in, "See what adopting it would do?")
        && Adopt.adopt(
            comfyUi,
            new Home(workspace.folder()),
            terminal,
            () -> Confirmation.isGiven(terminal, in, "Adopt it so?"))) {
      return true;
    }
    terminal.say("hint: tidepool adopt '" + comfyUi + "' does it later.");
    return false;
  }

  /**
   * What the user chose.
   *
   * @param comfyUi whose models these are, if of any
   */
  private record Chosen(Path models, Optional<Path> comfyUi) {
    static Chosen in(Path named) {
      return ComfyUi.isIn(named)
          ? new Chosen(named.resolve("models"), Optional.of(named))
          : new Chosen(named, Optional.empty());
    }
  }

  /** Which models: those of a ComfyUI that is there, another folder, or none yet. */
  private static Chosen chosen(
      List<Path> comfyUis, Workspace workspace, BufferedReader in, Terminal terminal) {
    List<Chosen> known =
        comfyUis.stream().map(Chosen::in).filter(each -> Files.isDirectory(each.models())).toList();
    terminal.say("Setting up " + workspace.folder() + ".");
    terminal.say("Where are your model files? They are used where they are, and only read.");
    for (int i = 0; i < known.size(); i++) {
      terminal.say("  " + (i + 1) + "  " + known.get(i).models());
    }
    terminal.say("A number, the path of a folder or of a ComfyUI, or nothing for a new folder.");
    while (true) {
      terminal.err().print("Models [" + PrintableText.of(workspace.models().toString()) + "]: ");
      terminal.err().flush();
      String answer = line(in);
      if (answer.isEmpty()) {
        return new Chosen(workspace.models(), Optional.empty());
      }
      if (answer.matches("[0-9]{1,2}")
          && Integer.parseInt(answer) >= 1
          && Integer.parseInt(answer) <= known.size()) {
        return known.get(Integer.parseInt(answer) - 1);
      }
      Chosen chosen = Chosen.in(terminal.path(answer));
      if (Files.isDirectory(chosen.models())) {
        return chosen;
      }
      terminal.say("There is no folder " + chosen.models() + ".");
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
    if (!workspace
        .folder()
        .equals(Workspace.of(terminal.environment(), terminal.folder()).folder())) {
      terminal.say(
          "hint: export TIDEPOOL_HOME='" + workspace.folder() + "' makes it the one that is used.");
    }
    terminal.say("hint: tidepool create NAME makes an environment.");
    terminal.out().println(PrintableText.of(workspace.folder().toString()));
  }
}
