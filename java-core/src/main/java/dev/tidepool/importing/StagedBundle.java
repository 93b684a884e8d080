package dev.tidepool.importing;

import dev.tidepool.bundle.Bundle;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.WorkFolder;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bundle, unpacked and checked in a folder of the workspace's cache that goes at the end. */
public final class StagedBundle implements AutoCloseable {
  private final Bundle bundle;
  private final WorkFolder work;

  private StagedBundle(Bundle bundle, WorkFolder work) {
    this.bundle = bundle;
    this.work = work;
  }

  /**
   * Unpacks a bundle.
   *
   * @throws dev.tidepool.error.TidepoolException what {@link Bundle#stage} refuses
   */
  public static StagedBundle of(Workspace workspace, Path file, Progress progress) {
    Path parent = workspace.cache().resolve("imports");
    WorkFolder work =
        StorageFailures.translate(
            "write into " + parent, () -> WorkFolder.in(Files.createDirectories(parent)));
    try {
      Path staging =
          StorageFailures.translate(
              "write into " + parent, () -> Files.createDirectory(work.path().resolve("bundle")));
      return new StagedBundle(Bundle.stage(file, staging, progress), work);
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  /** The bundle. */
  public Bundle bundle() {
    return bundle;
  }

  @Override
  public void close() {
    work.close();
  }
}
