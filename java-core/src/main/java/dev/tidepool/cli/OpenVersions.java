package dev.tidepool.cli;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.comfyui.ComfyUiCache;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.InstalledComfyUi;
import dev.tidepool.loader.KeptFacts;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.model.ComfyUiModels;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.python.PythonTools;
import dev.tidepool.python.VirtualEnvironment;
import dev.tidepool.resolution.Decisions;
import dev.tidepool.version.CachedPacks;
import dev.tidepool.version.Programs;
import dev.tidepool.version.Surroundings;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The environment whose versions a command works on, and what lies around it. */
final class OpenVersions {
  private final Home home;
  private final Terminal terminal;
  private final StoreLocks locks = new StoreLocks();
  private final Environments environments;
  private final Environment environment;

  private OpenVersions(Optional<String> name, Arguments arguments, Terminal terminal) {
    this.home = Home.of(arguments, terminal);
    this.terminal = terminal;
    this.environments = new Environments(home.workspace(), locks, terminal.clock(), terminal::say);
    this.environment = environments.named(name);
  }

  /**
   * The environment that is named by {@code -e}, else the active one. An interrupted change of it
   * is taken back first, and said.
   */
  static OpenVersions of(Arguments arguments, Terminal terminal) {
    return new OpenVersions(arguments.option(Syntax.ENVIRONMENT), arguments, terminal);
  }

  /** The environment with this name. */
  static OpenVersions of(String name, Arguments arguments, Terminal terminal) {
    return new OpenVersions(Optional.of(name), arguments, terminal);
  }

  Environment environment() {
    return environment;
  }

  Home home() {
    return home;
  }

  /** Its versions. */
  History history() {
    return history(environment, terminal);
  }

  /** The versions of any environment. */
  static History history(Environment environment, Terminal terminal) {
    return History.of(
        environment.cec(),
        terminal.clock(),
        () -> Identity.find(environment.cec(), terminal.environment()));
  }

  /** Its Python packages; what uv says goes into the command's log. */
  PythonProject python(String command) {
    return new PythonProject(new PythonTools(home.folder(), home.runner(command, terminal)));
  }

  /** Where the program ComfyUI comes from; what is said on the way goes into the command's log. */
  Programs programs(String command) {
    return new Programs(
        steps ->
            new ComfyUiCache(
                home.workspace().comfyUiCache(),
                new PythonTools(home.folder(), home.runner(command, terminal)),
                steps));
  }

  /** Where node packs come from. */
  CachedPacks packs() {
    return new CachedPacks(
        once(() -> Packs.of(home.workspace(), terminal.environment(), locks, terminal.clock())));
  }

  /**
   * Asks the environment's ComfyUI for its nodes if node packs came or changed since it was asked
   * last; that takes as long as starting it. When it cannot tell, what was known stays.
   *
   * @return whether more is known now
   */
  boolean learnNodes(Steps steps) {
    if (!VirtualEnvironment.isUsable(environment.venv()) || !hasPacks()) {
      return false;
    }
    try {
      InstalledComfyUi installed = installed();
      if (installed.isTried()) {
        return false;
      }
      steps.begin("Asking ComfyUI which models the nodes of its packs load");
      installed.ask();
      return true;
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      steps.note("which models nodes of packs load is not known: " + e.text());
      return false;
    }
  }

  private boolean hasPacks() {
    Path folder = environment.customNodes();
    return StorageFailures.translate(
        "look into " + folder,
        () -> Folders.children(folder).stream().anyMatch(Files::isDirectory));
  }

  private InstalledComfyUi installed() {
    return new InstalledComfyUi(
        ComfyUi.in(environment.comfyUi()),
        VirtualEnvironment.python(environment.venv()),
        home.runner("nodes", terminal),
        home.workspace().loaders());
  }

  Surroundings around() {
    return around(environment, environments, home, terminal);
  }

  /** What lies around any environment, also one that is being made. */
  static Surroundings around(
      Environment environment, Environments environments, Home home, Terminal terminal) {
    Workspace workspace = home.workspace();
    KeptFacts told = new KeptFacts(environment.comfyUi(), workspace.loaders());
    Path metadata = workspace.metadata();
    return new Surroundings(
        models(environment, environments, terminal),
        workspace.modelIndex(),
        once(
            () ->
                told.facts()
                    .map(facts -> facts.refine(Loaders.builtIn()))
                    .orElseGet(Loaders::builtIn)),
        told.name(),
        new Decisions(metadata.resolve("decisions.json"), new StoreLocks().of(metadata)),
        terminal.clock());
  }

  /** Where the ComfyUI of an environment looks for models. */
  static ModelDirectories models(
      Environment environment, Environments environments, Terminal terminal) {
    Path comfyUi = environment.comfyUi();
    return new ModelDirectories(
        List.of(comfyUi.resolve("models"), environments.file().modelsFolder()),
        once(() -> ComfyUiModels.added(comfyUi, terminal.environment())));
  }

  private static <T> Supplier<T> once(Supplier<T> making) {
    return new Supplier<>() {
      private @Nullable T made;

      @Override
      public T get() {
        T known = made;
        if (known == null) {
          known = making.get();
          made = known;
        }
        return known;
      }
    };
  }

  /** Whether the command was told to ask nothing, or nobody could answer. */
  static boolean asks(Arguments arguments, Terminal terminal) {
    return terminal.canAsk() && !arguments.has("--no-interactive") && !arguments.json();
  }
}
