package dev.tidepool.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.Texts;
import dev.tidepool.pool.PoolBase;
import dev.tidepool.pool.PoolStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Changes of the registry and the folders that belong to it, each as one step: under the lock,
 * after earlier crashes were settled, and undone when the registry cannot be written.
 */
final class ProfileChanges {
  /** The kind under which the trash keeps profiles. */
  static final String TRASH = "profiles";

  private final PoolBase base;
  private final PoolStore pools;
  private final RegistryFile file;
  private final Unfinished unfinished;

  ProfileChanges(PoolBase base, PoolStore pools, RegistryFile file) {
    this.base = base;
    this.pools = pools;
    this.file = file;
    this.unfinished = new Unfinished(base, file);
  }

  interface Change<T> {
    T apply(Registry registry) throws IOException;
  }

  <T> T apply(String doing, Change<T> change) {
    return base.change(
        doing,
        () -> {
          Registry registry = loadOrRebuild();
          unfinished.settle(registry);
          return change.apply(registry);
        });
  }

  /** The profiles of a damaged registry, which is repaired where the base can be written. */
  List<Profile> repaired() throws IOException {
    try {
      return apply("repair the profiles", Registry::profiles);
    } catch (TidepoolException e) {
      if (e.kind() != ErrorKind.STORAGE && e.kind() != ErrorKind.NO_SPACE) {
        throw e;
      }
      return file.rebuilt(id -> !unfinished.marks(id)).profiles();
    }
  }

  private Registry loadOrRebuild() throws IOException {
    try {
      return file.load();
    } catch (RegistryFile.Damaged e) {
      Registry rebuilt = file.rebuilt(id -> !unfinished.marks(id));
      Path aside = file.keepAside(e);
      try {
        file.store(rebuilt);
      } catch (IOException failure) {
        Folders.deleteQuietly(aside);
        throw failure;
      }
      return rebuilt;
    }
  }

  /** Makes a new profile of a prepared folder, dated now, under a name that has to be free. */
  Profile arrive(String name, Path prepared) {
    return apply(
        "add the profile " + Texts.quoted(name),
        registry -> {
          requireFree(registry, name, "");
          return appear(registry, fresh(name), prepared);
        });
  }

  /** Makes a new profile of a prepared folder, dated now, under the name or one that is free. */
  Profile arriveUnderFreeName(String name, Path prepared) {
    return apply(
        "add the profile " + Texts.quoted(name),
        registry ->
            appear(registry, fresh(ProfileName.free(name, registry.takenKeys(""))), prepared));
  }

  private ObjectNode fresh(String name) {
    return file.entry(Ids.fresh(), name, base.clock().millis());
  }

  /** Moves a prepared folder to its place and enters the profile. */
  Profile appear(Registry registry, ObjectNode entry, Path prepared) throws IOException {
    String id = entry.path("id").asText();
    file.writeMeta(prepared, entry);
    unfinished.begin(id);
    try {
      AtomicFiles.move(prepared, base.folder(id));
      pools.forget(id);
      registry.add(entry);
      file.store(registry);
    } catch (IOException e) {
      undo(id, prepared, e);
      throw e;
    }
    unfinished.end(id);
    return Registry.profile(entry);
  }

  private void undo(String id, Path prepared, IOException why) {
    try {
      Path folder = base.folder(id);
      if (Folders.isReal(folder)) {
        AtomicFiles.move(folder, prepared);
      }
      unfinished.end(id);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Takes a profile out of the registry and moves its folder into the trash. */
  void disappear(Registry registry, String id, Path folder) throws IOException {
    Path place = base.trash().freePlace(TRASH, id);
    unfinished.begin(id);
    try {
      registry.remove(id);
      file.store(registry);
      AtomicFiles.move(folder, place);
      unfinished.end(id);
    } catch (IOException e) {
      unfinished.settleAfter(e);
      throw e;
    }
    pools.forget(id);
  }

  /** Enters a profile's new name, and writes it into its folder. */
  void rename(Registry registry, ObjectNode entry, String name) throws IOException {
    String id = entry.path("id").asText();
    Path folder = base.folder(id);
    unfinished.beginRenaming(id);
    entry.put("name", name);
    try {
      if (Folders.isReal(folder)) {
        file.store(registry, entry, folder);
      } else {
        file.store(registry);
      }
    } catch (IOException e) {
      unfinished.settleAfter(e);
      throw e;
    } finally {
      unfinished.endRenaming(id);
    }
  }

  void requireFree(Registry registry, String name, String ownId) {
    if (registry.takenKeys(ownId).contains(Texts.key(name))) {
      throw nameTaken(name);
    }
  }

  /** Refuses to bring a profile back where a pool came into being since it was deleted. */
  void requireNoPool(String id) {
    Path folder = base.root().resolve(id);
    if (Folders.isThere(folder)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "profile-id-taken",
          "The profile cannot come back: since it was deleted, a pool was made in its place.",
          "Move " + folder + " elsewhere, then restore the profile.");
    }
  }

  void requireUnusedId(Registry registry, String id) {
    if (registry.has(id) || Folders.isThere(base.root().resolve(id))) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "profile-id-taken",
          "The id " + id + " has a profile or a pool already.",
          "Choose another id, or leave it out to get a fresh one.");
    }
  }

  static TidepoolException nameTaken(String name) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "profile-name-taken",
        "There is a profile named " + Texts.quoted(name) + " already.",
        "Choose another name, or rename or delete that profile first.");
  }
}
