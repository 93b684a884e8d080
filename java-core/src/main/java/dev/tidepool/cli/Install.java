package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.PackInstallation;
import dev.tidepool.comfyui.PythonOf;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code tidepool install}: puts the node pack into a ComfyUI that somebody set up. */
final class Install implements Command {
  private static final String COMFYUI = "--comfyui";
  private static final String PYTHON = "--python";
  private static final String REMOVE = "--remove";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool install", "Install Tidepool's nodes into a ComfyUI, upgrade or remove them.")
        .fileOption(COMFYUI, "DIR", "The folder with ComfyUI's main.py.")
        .fileOption(
            PYTHON,
            "EXE",
            "The Python that runs it. Default: that of its .venv or venv, of the portable package,"
                + " else of the environment that is active.")
        .toggle(REMOVE, "Take the nodes out again. Pools and profiles stay.")
        .workspace()
        .json()
        .example("tidepool install --comfyui ~/ComfyUI")
        .example("tidepool install --comfyui ~/ComfyUI --remove")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    String named =
        arguments
            .option(COMFYUI)
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    new TidepoolException(
                        ErrorKind.USAGE,
                        "usage",
                        "Into which ComfyUI?",
                        "tidepool install --comfyui DIR"));
    ComfyUi comfyUi = ComfyUi.in(terminal.path(named));
    Home home = Home.of(arguments, terminal);
    ProcessRunner runner = home.runner("install", terminal);
    PackInstallation installation = new PackInstallation(comfyUi, runner, terminal.clock());
    return arguments.has(REMOVE)
        ? remove(installation, comfyUi, arguments, terminal)
        : install(installation, comfyUi, home, runner, arguments, terminal);
  }

  private static int install(
      PackInstallation installation,
      ComfyUi comfyUi,
      Home home,
      ProcessRunner runner,
      Arguments arguments,
      Terminal terminal) {
    PythonTools tools = new PythonTools(home.folder(), runner);
    Path python =
        tools
            .inspect(
                arguments
                    .option(PYTHON)
                    .map(terminal::path)
                    .orElseGet(() -> PythonOf.comfyUi(comfyUi, terminal.environment())))
            .program();
    Path folder;
    try (StepReport steps = new StepReport(terminal)) {
      folder = installation.install(Home.pack(), python, tools.uv(steps), steps);
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? Interruption.stopped() : e;
    }
    terminal.say(
        "Installed Tidepool's nodes into ComfyUI " + comfyUi.version() + "; start it anew.");
    print(arguments, terminal, comfyUi, Optional.of(python), folder);
    return ExitCode.DONE;
  }

  private static int remove(
      PackInstallation installation, ComfyUi comfyUi, Arguments arguments, Terminal terminal) {
    if (installation.remove()) {
      terminal.say("Removed Tidepool's nodes; pools and profiles are still there.");
      terminal.say("The nodes are kept for 7 days in " + installation.trashFolder() + ".");
    } else {
      terminal.say("Tidepool's nodes are not in " + comfyUi.folder() + ".");
    }
    if (arguments.json()) {
      print(arguments, terminal, comfyUi, Optional.empty(), installation.trashFolder());
    }
    return ExitCode.DONE;
  }

  private static void print(
      Arguments arguments, Terminal terminal, ComfyUi comfyUi, Optional<Path> python, Path folder) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(comfyUi, python, folder));
    } else {
      terminal.out().println(PrintableText.of(folder.toString()));
    }
  }

  private record Body(ComfyUi comfyUi, Optional<Path> python, Path folder)
      implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeStringField("comfyui", comfyUi.folder().toString());
      generator.writeStringField("version", comfyUi.version());
      if (python.isPresent()) {
        generator.writeStringField("python", python.get().toString());
        generator.writeStringField("pack", folder.toString());
      } else {
        generator.writeStringField("trash", folder.toString());
      }
      generator.writeEndObject();
    }
  }
}
