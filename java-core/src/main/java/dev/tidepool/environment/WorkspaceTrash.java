package dev.tidepool.environment;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.NameTime;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** Where environments go that are deleted: {@code trash/20260203T040506789Z-NAME}. */
final class WorkspaceTrash {
  private final Workspace workspace;
  private final Clock clock;

  WorkspaceTrash(Workspace workspace, Clock clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  /** Out of the environments in one step: half of one is never seen. */
  Path take(Environment environment) throws IOException {
    Files.createDirectories(workspace.trash());
    Instant now = clock.instant();
    Path place = workspace.trash().resolve(NameTime.of(now) + "-" + environment.name());
    while (Files.exists(place)) {
      now = now.plusMillis(1);
      place = workspace.trash().resolve(NameTime.of(now) + "-" + environment.name());
    }
    Path free = place;
    return environment
        .changeLock()
        .holding(
            () -> {
              AtomicFiles.move(environment.folder(), free);
              return free;
            });
  }
}
