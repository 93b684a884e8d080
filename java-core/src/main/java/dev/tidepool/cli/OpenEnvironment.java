package dev.tidepool.cli;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.Environments;
import dev.tidepool.io.StoreLocks;

/** The environment that a command works on. */
final class OpenEnvironment {
  private OpenEnvironment() {}

  /** The environments of the workspace; what the user has to know is said. */
  static Environments all(Arguments arguments, Terminal terminal) {
    return new Environments(
        Home.of(arguments, terminal).workspace(),
        new StoreLocks(),
        terminal.clock(),
        terminal::say);
  }

  /**
   * The one named with {@code --env}, else the active one; an interrupted change of it is taken
   * back first.
   */
  static Environment named(Arguments arguments, Terminal terminal) {
    return all(arguments, terminal).named(arguments.option(Syntax.ENVIRONMENT));
  }
}
