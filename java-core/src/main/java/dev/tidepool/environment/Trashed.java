package dev.tidepool.environment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Something in a trash that can be had again.
 *
 * @param id names it in commands: {@code 20260203T040506789Z-NAME} is a deleted environment, {@code
 *     NAME/20260203T040506789Z} what one change took away from an environment that is there
 * @param environment the name of the environment
 * @param time when it came into the trash
 * @param paths what it is, relative to the environment's folder; empty when it is the whole of it
 * @param bytes the sizes of its files together; what is linked from elsewhere counts too
 * @param folder where it lies; absolute
 */
public record Trashed(
    String id, String environment, Instant time, List<Path> paths, long bytes, Path folder) {
  /** Copies the list. */
  public Trashed {
    paths = List.copyOf(paths);
  }

  /** Whether it is a whole environment. */
  public boolean isWhole() {
    return paths.isEmpty();
  }
}
