package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.comfyui.Graphics;
import dev.tidepool.comfyui.Source;
import dev.tidepool.environment.CreateRequest;
import dev.tidepool.environment.CreationTools;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.Preferences;
import dev.tidepool.environment.Torch;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.python.PythonTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code tidepool create}: a new environment, from nothing to its first version. */
final class Create implements Command {
  private static final String PYTHON = "--python";
  private static final String VERSION = "--comfyui-version";
  private static final String COMFYUI = "--comfyui";
  private static final String TORCH = "--torch";
  private static final String USE = "--use";
  private static final String FROM = "--from";

  @Override
  public Syntax syntax() {
    Syntax.Builder syntax =
        Syntax.of("tidepool create", "Make an environment: a ComfyUI with its own packages.")
            .parameter("NAME", "What it is called.")
            .option(PYTHON, "V", "The version of Python, such as 3.12. Default: 3.11.")
            .option(VERSION, "REF", "A release, branch or commit. Default: the newest release.")
            .option(
                COMFYUI,
                "SOURCE",
                "Where ComfyUI comes from: a folder, a git URL[@REF], pypi:NAME==VERSION, or a .tar.gz"
                    + " file. Default: its own repository.")
            .option(TORCH, "BACKEND", "Which PyTorch: cpu, cu130 and the like. Default: auto.")
            .toggle(USE, "Make it the active environment; the first one becomes that anyway.")
            .fileOption(
                FROM, "BUNDLE", "Make it of a bundle or its address, as tidepool import does.");
    return OpenImport.options(syntax)
        .workspace()
        .json()
        .example("tidepool create work --use")
        .example("tidepool create test --comfyui-version v0.30.0 --python 3.12 --torch cpu")
        .example("tidepool create portraits --from template_bundle.tar.gz")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    Optional<String> bundle = arguments.option(FROM);
    if (bundle.isPresent()) {
      return ofBundle(bundle.get(), arguments, terminal);
    }
    OpenImport.requireNone(arguments);
    Home home = Home.of(arguments, terminal);
    ProcessRunner runner = home.runner("create", terminal);
    Preferences preferences = new Preferences(home.workspace(), new StoreLocks());
    Environments environments = OpenEnvironment.all(arguments, terminal);
    String name = arguments.text(0);
    CreateRequest request =
        new CreateRequest(
            name,
            arguments.option(PYTHON).or(() -> preferences.get("python")),
            arguments.option(VERSION),
            arguments.option(COMFYUI).map(text -> Source.parse(text, terminal.folder())),
            Torch.of(
                arguments.option(TORCH).or(() -> preferences.get("torch")).orElse("auto"),
                Graphics.seen(Path.of("/dev"), runner)));
    CreationTools tools =
        new CreationTools(
            new PythonTools(home.folder(), runner),
            Identity.find(home.folder(), terminal.environment()));
    Environment made;
    try (StepReport steps = new StepReport(terminal)) {
      made = environments.create(request, tools, steps);
    } catch (RuntimeException e) {
      throw terminal.interruption().requested() ? stopped(name) : e;
    }
    boolean active = arguments.has(USE) || environments.file().activeEnvironment().isEmpty();
    if (active) {
      environments.file().activate(Optional.of(made.name()));
    }
    answer(arguments, terminal, made, active);
    return ExitCode.DONE;
  }

  private static int ofBundle(String bundle, Arguments arguments, Terminal terminal) {
    if (arguments.option(PYTHON).isPresent() || arguments.option(VERSION).isPresent()) {
      throw new TidepoolException(
          ErrorKind.USAGE,
          "usage",
          "A bundle says which Python and which ComfyUI it was made with.",
          "Leave out " + PYTHON + " and " + VERSION + ".");
    }
    return new OpenImport(arguments, terminal)
        .run(
            bundle,
            new OpenImport.Into(Optional.of(arguments.text(0)), false),
            arguments.has(USE),
            false);
  }

  private static void answer(
      Arguments arguments, Terminal terminal, Environment made, boolean active) {
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(made, active));
      return;
    }
    terminal.say(
        "The environment "
            + made.name()
            + " is ready, with ComfyUI "
            + made.manifest().comfyUi().version()
            + (active ? "; it is the active one." : "."));
    terminal.say("hint: tidepool run" + (active ? "" : " -e " + made.name()) + " starts it.");
    terminal.out().println(PrintableText.of(made.folder().toString()));
  }

  private static TidepoolException stopped(String name) {
    return new TidepoolException(
        ErrorKind.STOPPED,
        "stopped",
        "Stopped before the environment " + name + " was ready.",
        "The same command goes on from here.",
        "tidepool delete " + name + " removes what is there of it.");
  }

  private record Body(Environment made, boolean active) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      Manifest manifest = made.manifest();
      generator.writeStartObject();
      generator.writeStringField("name", made.name());
      generator.writeBooleanField("active", active);
      generator.writeStringField("folder", made.folder().toString());
      generator.writeStringField("comfyui_version", manifest.comfyUi().version());
      generator.writeStringField("python_version", manifest.pythonVersion());
      generator.writeEndObject();
    }
  }
}
