package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.Packs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A folder beside the installation where packs are unpacked and looked at; deleted at the end. */
final class Prepared implements AutoCloseable {
  private static final String NAME = ".node-packs-";
  private static final Duration STALE = Duration.ofDays(1);

  private final Path folder;
  private int count;

  private Prepared(Path folder) {
    this.folder = folder;
  }

  static Prepared in(Environment environment) {
    return StorageFailures.translate(
        "write into " + environment.folder(),
        () -> {
          for (Path each : Folders.children(environment.folder())) {
            if (String.valueOf(each.getFileName()).startsWith(NAME)
                && Files.getLastModifiedTime(each)
                    .toInstant()
                    .isBefore(Instant.now().minus(STALE))) {
              Folders.deleteQuietly(each);
            }
          }
          return new Prepared(Files.createTempDirectory(environment.folder(), NAME));
        });
  }

  /** The files of a pack, fetched again when the cache turns out to be damaged. */
  Path unpacked(FoundPack pack, Packs packs, dev.tidepool.io.Steps steps) {
    for (int attempt = 0; attempt < 2; attempt++) {
      Path target = folder.resolve(Integer.toString(++count));
      if (packs.cache().unpack(pack, target)) {
        return target;
      }
      packs.fetch(pack, steps);
    }
    throw new TidepoolException(
        ErrorKind.STORAGE,
        "node-cache-damaged",
        "The cache of node packs cannot keep " + pack.text() + ".",
        "Check the disk that it lies on.");
  }

  @Override
  public void close() {
    Folders.deleteQuietly(folder);
  }
}
