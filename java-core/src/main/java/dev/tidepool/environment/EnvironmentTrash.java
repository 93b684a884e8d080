package dev.tidepool.environment;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.NameTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What changes took away from the user, each under the time of that and with the path it had:
 * {@code .tidepool/trash/20261126T091500123Z/ComfyUI/custom_nodes/x}. Nothing is deleted from it.
 */
record EnvironmentTrash(Path folder, Path environment, Instant time) {
  /** Where something would come to lie; nothing is there yet. */
  Path place(Path taken) {
    Path relative =
        taken.startsWith(environment)
            ? environment.relativize(taken)
            : Path.of(String.valueOf(taken.getFileName()));
    Instant now = time;
    Path place = folder.resolve(NameTime.of(now)).resolve(relative);
    while (Folders.isThere(place)) {
      now = now.plusMillis(1);
      place = folder.resolve(NameTime.of(now)).resolve(relative);
    }
    return place;
  }

  boolean holds(Path path) {
    return path.startsWith(folder);
  }

  /** Moves something here while a change is taken back. */
  void take(Path taken) throws IOException {
    Path place = place(taken);
    Files.createDirectories(place.resolveSibling(".").normalize());
    AtomicFiles.move(taken, place);
  }
}
