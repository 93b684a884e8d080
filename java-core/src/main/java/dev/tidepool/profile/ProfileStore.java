package dev.tidepool.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.io.Texts;
import dev.tidepool.pool.PoolBase;
import dev.tidepool.pool.PoolStore;
import dev.tidepool.pool.Trash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of one base. Whatever a method refuses leaves the base exactly as it was, and a
 * process that dies at any moment leaves the state before or after.
 *
 * <pre>{@code
 * ProfileStore store = new ProfileStore(input.resolve("grid_pool"), Clock.systemUTC(), new StoreLocks());
 * Profile sea = store.create("Sea");
 * store.pools().add(sea.id(), List.of(new NewImage("wave.png", file)), Progress.none());
 * store.exportTo(sea.id(), Path.of("sea.zip"), Progress.none());
 * }</pre>
 *
 * <p>Methods throw {@link TidepoolException}: {@code id-invalid}, {@code profile-not-found}, {@code
 * profile-name-invalid}, {@code profile-name-taken}, and the codes of {@link StorageFailures}.
 * Thread-safe, also against other processes.
 */
public final class ProfileStore {
  private final PoolBase base;
  private final PoolStore pools;
  private final RegistryFile file;
  private final ProfileChanges changes;
  private final PoolCopies copies;

  /**
   * Opens the base, which need not exist: reading makes nothing, the first change makes it.
   *
   * @param base the folder {@code grid_pool} in a ComfyUI's input folder
   * @param clock dates creations and deletions
   * @param locks the process's own
   */
  public ProfileStore(Path base, Clock clock, StoreLocks locks) {
    this.base = new PoolBase(base, clock, locks);
    this.pools = new PoolStore(this.base);
    this.file = new RegistryFile(this.base.root(), clock);
    this.changes = new ProfileChanges(this.base, pools, file);
    this.copies = new PoolCopies(this.base, pools);
  }

  /** The pools of this base, those of profiles among them. */
  public PoolStore pools() {
    return pools;
  }

  /**
   * All profiles, in the registry's order. A damaged registry is kept aside and rebuilt from what
   * the pools tell.
   */
  public List<Profile> list() {
    return StorageFailures.translate(
        "read the profiles",
        () -> {
          try {
            return file.profiles();
          } catch (RegistryFile.Damaged e) {
            return changes.repaired();
          }
        });
  }

  /** The profile with this id or else this name, ignoring case. */
  public Optional<Profile> find(String idOrName) {
    List<Profile> all = list();
    String key = Texts.key(idOrName.strip());
    return all.stream()
        .filter(profile -> profile.id().equals(idOrName))
        .findFirst()
        .or(
            () ->
                all.stream().filter(profile -> Texts.key(profile.name()).equals(key)).findFirst());
  }

  /** Creates an empty profile with a fresh id, dated now. */
  public Profile create(String name) {
    return create(name, Ids.fresh(), base.clock().millis());
  }

  /**
   * Creates an empty profile.
   *
   * @param created milliseconds since the epoch
   * @throws TidepoolException {@code profile-id-taken} when the id has a profile or a pool already
   */
  public Profile create(String name, String id, long created) {
    String clean = ProfileName.require(name);
    Ids.require(id);
    return changes.apply(
        "create the profile " + Texts.quoted(clean),
        registry -> {
          changes.requireFree(registry, clean, id);
          changes.requireUnusedId(registry, id);
          Path stage = base.stage();
          try {
            return changes.appear(registry, file.entry(id, clean, created), stage);
          } finally {
            Folders.deleteQuietly(stage);
          }
        });
  }

  /** Gives a profile another name; its own in another case is fine. */
  public Profile rename(String id, String name) {
    String clean = ProfileName.require(name);
    require(id);
    return changes.apply(
        "rename the profile " + id,
        registry -> {
          ObjectNode entry = registry.entry(id).orElseThrow(() -> notFound(id));
          changes.requireFree(registry, clean, id);
          changes.rename(registry, entry, clean);
          return Registry.profile(entry);
        });
  }

  /**
   * Copies a profile with all its files, order, labels and active slot under a new name.
   *
   * @param progress hears of bytes
   */
  public Profile duplicate(String id, String name, Progress progress) {
    String clean = ProfileName.require(name);
    require(id);
    requireFree(clean);
    return StorageFailures.translate(
        "duplicate the profile " + id,
        () -> {
          Path stage = base.stage();
          try {
            copies.copy(id, stage, progress);
            return changes.arrive(clean, stage);
          } finally {
            Folders.deleteQuietly(stage);
          }
        });
  }

  /**
   * Deletes a profile: its entry goes, its folder waits in the trash for seven days.
   *
   * @return whether there was one
   */
  public boolean delete(String id) {
    Ids.require(id);
    if (list().stream().noneMatch(profile -> profile.id().equals(id))) {
      return false;
    }
    return changes.apply(
        "delete the profile " + id,
        registry -> {
          Optional<ObjectNode> entry = registry.entry(id);
          if (entry.isEmpty()) {
            return false;
          }
          Path folder = base.folder(id);
          Files.createDirectories(folder);
          file.writeMeta(folder, entry.get());
          changes.disappear(registry, id, folder);
          return true;
        });
  }

  /**
   * Brings back the profile that was deleted last under this id or name. Where its name is taken
   * meanwhile it becomes {@code name (2)}.
   *
   * @throws TidepoolException {@code profile-not-in-trash}
   */
  public Profile restore(String idOrName) {
    if (!Files.exists(base.root())) {
      throw notInTrash(idOrName);
    }
    return changes.apply(
        "restore the profile " + Texts.quoted(idOrName),
        registry -> {
          Path place =
              new Deleted(base.trash(), file)
                  .newest(idOrName)
                  .orElseThrow(() -> notInTrash(idOrName));
          ObjectNode entry = file.meta(place).orElseThrow(() -> notInTrash(idOrName));
          String id = String.valueOf(Objects.requireNonNull(place.getParent()).getFileName());
          changes.requireNoPool(id);
          String name = ProfileName.free(entry.path("name").asText(), registry.takenKeys(id));
          entry.put("id", id).put("name", name);
          return changes.appear(registry, entry, place);
        });
  }

  /**
   * Writes a profile as a zip archive: {@code profile_meta.json} and the pool's files under {@code
   * pool/}. The same profile gives the same bytes. The file appears when it is whole.
   *
   * @param target is replaced when it exists
   * @param progress hears of bytes
   */
  public Export exportTo(String id, Path target, Progress progress) {
    Profile profile = require(id);
    return StorageFailures.translate(
        "export the profile " + Texts.quoted(profile.name()) + " to " + target,
        () -> copies.export(profile, target, progress));
  }

  /**
   * Makes a new profile of an archive.
   *
   * @param name the name it shall have, which must be free; null takes the archive's own, made
   *     unique
   * @param progress hears of bytes
   * @throws TidepoolException one of the {@code archive-…} codes when the archive is damaged or
   *     hostile
   */
  public Profile importFrom(Path archive, @Nullable String name, Progress progress) {
    @Nullable String clean = name == null ? null : ProfileName.require(name);
    if (clean != null) {
      requireFree(clean);
    }
    return StorageFailures.translate(
        "import " + archive,
        () -> {
          ArchiveContent content = ArchiveContent.check(archive);
          String given = clean != null ? clean : content.name();
          content.requireRoom(base.root());
          Path stage = base.stage();
          try {
            content.extract(stage, progress);
            pools.adopt(stage);
            return clean != null
                ? changes.arrive(given, stage)
                : changes.arriveUnderFreeName(given, stage);
          } finally {
            Folders.deleteQuietly(stage);
          }
        });
  }

  private Profile require(String id) {
    Ids.require(id);
    return list().stream()
        .filter(profile -> profile.id().equals(id))
        .findFirst()
        .orElseThrow(() -> notFound(id));
  }

  private void requireFree(String name) {
    String key = Texts.key(name);
    if (list().stream().anyMatch(profile -> Texts.key(profile.name()).equals(key))) {
      throw ProfileChanges.nameTaken(name);
    }
  }

  private static TidepoolException notFound(String id) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "profile-not-found",
        "There is no profile " + Texts.quoted(id) + ".",
        "List the profiles to see which there are.");
  }

  private static TidepoolException notInTrash(String idOrName) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "profile-not-in-trash",
        "No profile " + Texts.quoted(idOrName) + " was deleted of late.",
        "Deleted profiles are kept for " + Trash.KEPT.toDays() + " days.");
  }
}
