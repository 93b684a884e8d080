package dev.tidepool.profile;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.pool.PoolBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Marks the profile whose folder and registry entry are being changed, so that a crash between the
 * two can be settled. The registry decides: a marked profile that it does not name is gone, and its
 * folder belongs in the trash; one that it names is there. Needs the base's lock.
 */
final class Unfinished {
  private static final String ENDING = ".pending";

  private final PoolBase base;
  private final Path staging;

  Unfinished(PoolBase base) {
    this.base = base;
    this.staging = base.root().resolve(".staging");
  }

  void begin(String id) throws IOException {
    Files.createDirectories(staging);
    Files.write(staging.resolve(id + ENDING), new byte[0]);
    Folders.sync(staging);
  }

  void end(String id) throws IOException {
    Files.deleteIfExists(staging.resolve(id + ENDING));
  }

  boolean marks(String id) {
    return Files.exists(staging.resolve(id + ENDING));
  }

  /** Settles what can be settled of a change that failed. */
  void settleAfter(IOException failure, RegistryFile file) {
    try {
      settle(file.load());
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Settles what earlier crashes left. */
  void settle(Registry registry) throws IOException {
    for (Path mark : Folders.children(staging)) {
      String name = mark.getFileName().toString();
      if (!name.endsWith(ENDING)) {
        continue;
      }
      String id = name.substring(0, name.length() - ENDING.length());
      if (Ids.valid(id) && !registry.has(id) && Folders.isReal(base.root().resolve(id))) {
        base.trash().take(ProfileChanges.TRASH, id, base.root().resolve(id));
      }
      Files.deleteIfExists(mark);
    }
  }
}
