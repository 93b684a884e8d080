package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A bundle, unpacked and checked in a folder of the workspace's cache that goes at the end. */
public final class StagedBundle implements AutoCloseable {
  private static final Duration STALE = Duration.ofDays(1);

  private final Bundle bundle;

  private StagedBundle(Bundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Unpacks a bundle.
   *
   * @throws dev.tidepool.error.TidepoolException what {@link Bundle#stage} refuses
   */
  public static StagedBundle of(Workspace workspace, Path file, Clock clock, Progress progress) {
    Path parent = workspace.cache().resolve("imports");
    Path staging = parent.resolve(UUID.randomUUID().toString());
    StorageFailures.translate(
        "write into " + parent,
        () -> {
          Files.createDirectories(staging);
          forget(parent, clock.instant().minus(STALE));
          return staging;
        });
    try {
      return new StagedBundle(Bundle.stage(file, staging, progress));
    } catch (RuntimeException e) {
      Folders.deleteQuietly(staging);
      throw e;
    }
  }

  /** What a process that died left behind. */
  private static void forget(Path parent, Instant before) throws IOException {
    for (Path each : Folders.children(parent)) {
      if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
        Folders.deleteQuietly(each);
      }
    }
  }

  /** The bundle. */
  public Bundle bundle() {
    return bundle;
  }

  @Override
  public void close() {
    Folders.deleteQuietly(bundle.folder());
  }
}
