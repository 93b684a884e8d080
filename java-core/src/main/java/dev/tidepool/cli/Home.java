package dev.tidepool.cli;

import dev.tidepool.comfyui.Pack;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.NameTime;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.process.ProcessRunner;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder with environments, caches and logs.
 *
 * @param folder absolute; need not exist
 */
record Home(Path folder) {
  private static final int LOGS_KEPT = 10;

  /**
   * The folder given with {@code --workspace}, else in {@code TIDEPOOL_HOME} or {@code
   * COMFYDOCK_HOME}, else {@code ~/comfydock_workspace}.
   */
  static Home of(Arguments arguments, Terminal terminal) {
    Optional<String> option = arguments.option(Syntax.WORKSPACE);
    if (option.isPresent()) {
      if (option.get().isEmpty()) {
        throw new TidepoolException(
            ErrorKind.USAGE, "path-invalid", "The folder given with --workspace is empty.");
      }
      return new Home(Workspace.at(option.get(), terminal.folder()).folder());
    }
    return new Home(Workspace.of(terminal.environment(), terminal.folder()).folder());
  }

  /** What lies where in it. */
  Workspace workspace() {
    return new Workspace(folder);
  }

  /**
   * Runs programs with a log of their own: {@code logs/tidepool/<command>-<time>.log}. The last ten
   * are kept.
   */
  ProcessRunner runner(String command, Terminal terminal) {
    Path logs = workspace().logs();
    StorageFailures.translate("tidy up " + logs, () -> prune(logs));
    Path log = logs.resolve(command + "-" + NameTime.of(terminal.clock().instant()) + ".log");
    return new ProcessRunner(terminal.environment(), log);
  }

  /**
   * The node pack, whose folder the launcher names in the system property {@code tidepool.pack}.
   *
   * @throws TidepoolException {@code pack-missing}
   */
  static Pack pack() {
    return Pack.in(Path.of(System.getProperty("tidepool.pack", "comfy-node/target/" + Pack.NAME)));
  }

  private static Path prune(Path logs) throws IOException {
    List<Path> files = Folders.children(logs);
    for (Path file : files.subList(0, Math.max(0, files.size() - LOGS_KEPT + 1))) {
      Files.deleteIfExists(file);
    }
    return logs;
  }
}
