package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.loader.Loaders;
import dev.tidepool.nodepack.Packs;
import dev.tidepool.python.PythonTools;
import dev.tidepool.resolution.Decisions;
import dev.tidepool.version.CachedPacks;
import dev.tidepool.version.Surroundings;
import dev.tidepool.workspace.Workspace;
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
    return History.of(
        environment.cec(),
        terminal.clock(),
        Identity.find(environment.cec(), terminal.environment()));
  }

  /** Its Python packages; what uv says goes into the command's log. */
  PythonProject python(String command) {
    return new PythonProject(new PythonTools(home.folder(), home.runner(command, terminal)));
  }

  /** Where node packs come from. */
  CachedPacks packs() {
    return new CachedPacks(
        once(() -> Packs.of(home.workspace(), terminal.environment(), locks, terminal.clock())));
  }

  Surroundings around() {
    return around(environment, environments, home, terminal);
  }

  /** What lies around any environment, also one that is being made. */
  static Surroundings around(
      Environment environment, Environments environments, Home home, Terminal terminal) {
    Workspace workspace = home.workspace();
    Path own = environment.comfyUi().resolve("models");
    Path metadata = workspace.metadata();
    return new Surroundings(
        List.of(own, environments.file().modelsFolder()),
        workspace.modelIndex(),
        once(Loaders::builtIn),
        new Decisions(metadata.resolve("decisions.json"), new StoreLocks().of(metadata)),
        terminal.clock());
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
