package dev.tidepool.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.pool.PoolBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Marks the profile whose folder and registry entry are being changed, so that a crash between the
 * two can be settled. The registry decides: a marked profile that it does not name is gone, and its
 * folder belongs in the trash; one that it names is there, under the name that it gives. Needs the
 * base's lock.
 */
final class Unfinished {
  private static final String MOVED = ".pending";
  private static final String RENAMED = ".renaming";

  private final PoolBase base;
  private final RegistryFile file;
  private final Path staging;

  Unfinished(PoolBase base, RegistryFile file) {
    this.base = base;
    this.file = file;
    this.staging = base.root().resolve(".staging");
  }

  /** The profile's folder is about to come or go. */
  void begin(String id) throws IOException {
    mark(id + MOVED);
  }

  /** The profile's folder is about to learn another name. */
  void beginRenaming(String id) throws IOException {
    mark(id + RENAMED);
  }

  private void mark(String name) throws IOException {
    Files.createDirectories(staging);
    Files.write(staging.resolve(name), new byte[0]);
    Folders.sync(staging);
  }

  void end(String id) throws IOException {
    Files.deleteIfExists(staging.resolve(id + MOVED));
  }

  void endRenaming(String id) throws IOException {
    Files.deleteIfExists(staging.resolve(id + RENAMED));
  }

  /** Whether it is open where the profile's folder belongs. */
  boolean marks(String id) {
    return Files.exists(staging.resolve(id + MOVED));
  }

  /** Settles what can be settled of a change that failed. */
  void settleAfter(IOException failure) {
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
      if (name.endsWith(MOVED)) {
        settleMove(registry, name.substring(0, name.length() - MOVED.length()));
      } else if (name.endsWith(RENAMED)) {
        if (!settledName(registry, name.substring(0, name.length() - RENAMED.length()))) {
          continue;
        }
      } else {
        continue;
      }
      Files.deleteIfExists(mark);
    }
  }

  private void settleMove(Registry registry, String id) throws IOException {
    if (Ids.valid(id) && !registry.has(id) && Folders.isReal(base.root().resolve(id))) {
      base.trash().take(ProfileChanges.TRASH, id, base.root().resolve(id));
    }
  }

  /** Whether the folder tells the entry's name now; one that cannot be written hinders nobody. */
  private boolean settledName(Registry registry, String id) {
    Optional<ObjectNode> entry = registry.entry(id);
    try {
      if (Ids.valid(id) && entry.isPresent() && Folders.isReal(base.root().resolve(id))) {
        file.writeMeta(base.root().resolve(id), entry.get());
      }
      return true;
    } catch (IOException e) {
      System.getLogger("dev.tidepool.profile")
          .log(System.Logger.Level.WARNING, "name not settled profile={0} reason={1}", id, e);
      return false;
    }
  }
}
