package dev.tidepool.environment;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a change keeps what it needs, in the environment's own folder, so that things move there
 * and back by renaming:
 *
 * <pre>
 * .tidepool/.lock             held while something changes
 * .tidepool/trash/…           what changes took away from the user
 * .tidepool/change/log        the undo log; while it is there, the change can be undone
 * .tidepool/change/committed  its name from the commit point on
 * .tidepool/change/kept/N     what was in the place of something
 * .tidepool/change/staging/   what is not in its place yet
 * .tidepool/change/undone/N   what an undo took out of its place
 * </pre>
 */
record ChangeFolder(Path folder) {
  static ChangeFolder of(Path own) {
    return new ChangeFolder(own.resolve("change"));
  }

  Path log() {
    return folder.resolve("log");
  }

  Path committed() {
    return folder.resolve("committed");
  }

  Path kept() {
    return folder.resolve("kept");
  }

  Path staging() {
    return folder.resolve("staging");
  }

  Path undone() {
    return folder.resolve("undone");
  }

  boolean isThere() {
    return Files.exists(folder);
  }

  /** Whether something of the environment still waits to be undone. */
  boolean isOpen() {
    return Files.exists(log());
  }
}
