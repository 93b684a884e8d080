package dev.tidepool.cli;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.PythonOf;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.loader.InstalledComfyUi;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFiles;
import dev.tidepool.loader.ModelLists;
import dev.tidepool.loader.ModelTree;
import dev.tidepool.loader.NodeFacts;
import dev.tidepool.loader.RunningComfyUi;
import dev.tidepool.python.VirtualEnvironment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the commands about workflows know of loaders and models: the built-in table; with {@code
 * --comfyui} what that ComfyUI tells of itself; with {@code --models} the files in a folder.
 *
 * @param files nothing when neither option says where the models are
 */
record AskedComfyUi(Loaders loaders, Optional<ModelFiles> files) {
  private static final String COMFYUI = "--comfyui";
  private static final String PYTHON = "--python";
  private static final String MODELS = "--models";

  /** Adds {@code --comfyui} and {@code --python}. */
  static Syntax.Builder options(Syntax.Builder syntax) {
    return syntax
        .option(
            COMFYUI,
            "DIR|URL",
            "A ComfyUI to ask for its loaders, custom nodes included: its folder, or where it runs."
                + " Default: what ComfyUI 0.30.0 has.")
        .fileOption(
            PYTHON,
            "EXE",
            "The Python that runs the ComfyUI. Default: of DIR/../.venv, else found.")
        .workspace();
  }

  /** Adds {@code --models}. */
  static Syntax.Builder modelsOption(Syntax.Builder syntax) {
    return syntax.fileOption(
        MODELS, "DIR", "The folder with checkpoints, loras, … Default: what --comfyui searches.");
  }

  static AskedComfyUi of(Arguments arguments, Terminal terminal) {
    Optional<Path> models = arguments.option(MODELS).map(terminal::path).map(AskedComfyUi::folder);
    Optional<String> comfyUi = arguments.option(COMFYUI);
    if (comfyUi.isEmpty()) {
      Loaders builtIn = Loaders.builtIn();
      return new AskedComfyUi(
          builtIn, models.map(folder -> ModelTree.below(folder, builtIn.folders())));
    }
    Optional<RunningComfyUi> running =
        comfyUi
            .filter(text -> text.matches("https?://.*"))
            .map(text -> new RunningComfyUi(address(text)));
    NodeFacts facts =
        running
            .map(RunningComfyUi::ask)
            .orElseGet(() -> installed(terminal.path(comfyUi.get()), arguments, terminal));
    if (!facts.failed().isEmpty()) {
      terminal.say("warning: ComfyUI cannot load " + String.join(", ", facts.failed()) + ".");
    }
    Loaders loaders = facts.refine(Loaders.builtIn());
    ModelFiles files =
        models
            .map(folder -> (ModelFiles) ModelTree.below(folder, loaders.relativeFolders()))
            .or(() -> running.map(server -> new ModelLists(facts.files(), server.directories())))
            .orElseGet(
                () ->
                    ModelTree.below(
                        terminal.path(comfyUi.get()).resolve("models"), loaders.folders()));
    return new AskedComfyUi(loaders, Optional.of(files));
  }

  private static NodeFacts installed(Path folder, Arguments arguments, Terminal terminal) {
    ComfyUi comfyUi = ComfyUi.in(folder);
    Home home = Home.of(arguments, terminal);
    Path beside = comfyUi.folder().resolveSibling(".venv");
    Path python =
        arguments
            .option(PYTHON)
            .map(terminal::path)
            .or(
                () ->
                    VirtualEnvironment.isUsable(beside)
                        ? Optional.of(VirtualEnvironment.python(beside))
                        : Optional.empty())
            .orElseGet(() -> PythonOf.comfyUi(comfyUi, terminal.environment()));
    InstalledComfyUi installed =
        new InstalledComfyUi(
            comfyUi, python, home.runner("workflow", terminal), home.workspace().loaders());
    if (!installed.isKnown()) {
      terminal.say("Asking the ComfyUI in " + comfyUi.folder() + " for its nodes …");
    }
    return installed.ask();
  }

  private static URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new TidepoolException(
          e, ErrorKind.USAGE, "source-invalid", "Not an address: " + text + ".");
    }
  }

  private static Path folder(Path models) {
    if (!java.nio.file.Files.isDirectory(models)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "models-folder-not-found",
          "There is no folder " + models + ".",
          "Name the folder that holds checkpoints, loras, and so on.");
    }
    return models.normalize();
  }
}
