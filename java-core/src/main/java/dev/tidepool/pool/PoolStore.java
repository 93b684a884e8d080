package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.FileStamp;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one base. A pool needs no creation: an id that nobody used is an empty pool, and the
 * first image makes its folder. Images keep their bytes; what is removed goes to the trash.
 *
 * <p>Every method that takes an id throws {@link TidepoolException} {@code id-invalid} for a bad
 * one, {@code slot-not-found} for a name that is no slot of the pool, and the codes of {@link
 * StorageFailures} where the file system refuses. A refused change changes nothing. Thread-safe,
 * also against other processes.
 */
public final class PoolStore {
  private final PoolBase base;
  private final Intake intake;
  private final Removals removals;
  private final Masks masks;
  private final ConcurrentMap<String, PoolFolder> folders = new ConcurrentHashMap<>();

  /** The pools in this base. */
  public PoolStore(PoolBase base) {
    this.base = base;
    this.intake = new Intake(base);
    this.removals = new Removals(base.trash());
    this.masks = new Masks(base.trash());
  }

  /** The pool as it is now. */
  public Pool get(String id) {
    return reading(id, folder -> folder.view(listing(folder)));
  }

  /**
   * Adds images at the end, in the order given. A file that is no image is refused and does not
   * keep the others out. The first image of a pool becomes active.
   *
   * @param progress hears of bytes
   */
  public Addition add(String id, List<NewImage> images, Progress progress) {
    PoolFolder folder = folder(id);
    return StorageFailures.translate(
        "add images to the pool " + id,
        () -> {
          try (Intake.Batch batch = intake.receive(images, progress)) {
            return base.change("add images to the pool " + id, () -> place(folder, batch));
          }
        });
  }

  /** Removes images into the trash. When the active slot goes, its neighbour becomes active. */
  public Pool remove(String id, List<String> names) {
    return changing(
        id,
        "remove images from the pool " + id,
        (folder, state) -> {
          requireSlots(id, state, names);
          removals.remove(id, folder, state, new LinkedHashSet<>(names));
        });
  }

  /**
   * Brings removed images back from the trash, each to where it was, the one removed last where a
   * name was removed more than once.
   *
   * @throws TidepoolException {@code slot-not-in-trash} for a name that is not there
   */
  public Pool restore(String id, List<String> names) {
    return changing(
        id,
        "restore images of the pool " + id,
        (folder, state) -> removals.restore(id, folder, state, new LinkedHashSet<>(names)));
  }

  /** Puts the named slots first, in this order; the others follow in the order they had. */
  public Pool reorder(String id, List<String> names) {
    return changing(
        id,
        "reorder the pool " + id,
        (folder, state) -> {
          requireSlots(id, state, names);
          Map<String, StoredSlot> rest = new LinkedHashMap<>();
          state.slots().forEach(slot -> rest.put(slot.name(), slot));
          List<StoredSlot> ordered = new ArrayList<>(state.slots().size());
          for (String name : new LinkedHashSet<>(names)) {
            @Nullable StoredSlot slot = rest.remove(name);
            if (slot != null) {
              ordered.add(slot);
            }
          }
          ordered.addAll(rest.values());
          folder.store(state.withSlots(ordered));
        });
  }

  /**
   * Makes a slot the active one.
   *
   * @throws TidepoolException {@code slot-disabled} when the slot is disabled
   */
  public Pool activate(String id, String name) {
    return changing(
        id,
        "activate a slot of the pool " + id,
        (folder, state) -> {
          requireSlots(id, state, List.of(name));
          if (state.slots().stream().anyMatch(s -> s.name().equals(name) && !s.enabled())) {
            throw new TidepoolException(
                ErrorKind.CONFLICT,
                "slot-disabled",
                "The image " + Texts.quoted(name) + " is disabled and cannot be active.",
                "Enable it first.");
          }
          folder.store(state.withActive(name));
        });
  }

  /**
   * Labels a slot; an empty label brings back the file's name.
   *
   * @throws TidepoolException {@code label-invalid} for a label of more than 120 characters or with
   *     control characters
   */
  public Pool label(String id, String name, String label) {
    @Nullable String clean = StoredSlot.cleanLabel(label);
    return changing(
        id,
        "label a slot of the pool " + id,
        (folder, state) -> {
          requireSlots(id, state, List.of(name));
          folder.store(
              state.changing(slot -> slot.name().equals(name), slot -> slot.withLabel(clean)));
        });
  }

  /** Lets nodes count the slots, or pass them over. A disabled active slot gives way. */
  public Pool enable(String id, List<String> names, boolean enabled) {
    return changing(
        id,
        "enable or disable slots of the pool " + id,
        (folder, state) -> {
          requireSlots(id, state, names);
          Set<String> chosen = Set.copyOf(names);
          PoolState changed =
              state.changing(
                  slot -> chosen.contains(slot.name()), slot -> slot.withEnabled(enabled));
          folder.store(changed.withActive(changed.activeAmong(StoredSlot::enabled)));
        });
  }

  /**
   * Lays a mask beside a slot in place of the one there.
   *
   * @param file a PNG image, which is copied
   * @throws TidepoolException {@code mask-format-unsupported} when it is something else
   */
  public Pool attachMask(String id, String name, Path file) {
    String doing = "attach a mask in the pool " + id;
    return StorageFailures.translate(
        doing,
        () -> {
          Path stage = base.stage();
          try {
            Path copy = masks.receive(file, stage);
            return changing(
                id,
                doing,
                (folder, state) -> {
                  requireSlots(id, state, List.of(name));
                  try (PoolFolder.Next next = folder.prepare(state)) {
                    masks.attach(id, folder, name, copy);
                    next.commit();
                  }
                });
          } finally {
            Folders.deleteQuietly(stage);
          }
        });
  }

  /** Removes a slot's mask into the trash; none there is fine. */
  public Pool removeMask(String id, String name) {
    return changing(
        id,
        "remove a mask in the pool " + id,
        (folder, state) -> {
          requireSlots(id, state, List.of(name));
          try (PoolFolder.Next next = folder.prepare(state)) {
            if (masks.remove(id, folder, name)) {
              next.commit();
            }
          }
        });
  }

  /**
   * The pool's content as 64 hex digits: equal for equal images, masks, labels, order, enabled
   * slots and active slot, on any machine.
   */
  public String fingerprint(String id) {
    return reading(id, folder -> Fingerprints.of(folder, listing(folder)));
  }

  /** The content of one image and its mask, as text that is equal only for equal content. */
  public String fingerprint(String id, String name) {
    image(id, name);
    return reading(id, folder -> Fingerprints.of(folder, name));
  }

  /** Where a slot's image lies. */
  public Path image(String id, String name) {
    return reading(
        id,
        folder -> {
          Path file = folder.path().resolve(ImageNames.plain(name) ? name : "");
          if (!ImageNames.slotLike(name)
              || FileStamp.of(file).isEmpty()
              || state(folder).hides(name)) {
            throw noSlot(id, name);
          }
          return file;
        });
  }

  /** Where a slot's mask lies, if it has one. */
  public Optional<Path> mask(String id, String name) {
    image(id, name);
    return reading(
        id,
        folder ->
            Optional.of(folder.mask(name))
                .filter(mask -> folder.hasOwnMasks())
                .filter(mask -> Files.isRegularFile(mask, LinkOption.NOFOLLOW_LINKS)));
  }

  /** The order, labels and active slot as the bytes of a {@code pool.json} for another machine. */
  public byte[] arrangement(String id) {
    return reading(id, folder -> folder.portable(listing(folder)));
  }

  /**
   * Refuses a folder that shall become a pool when its {@code pool.json} is of a newer format. A
   * damaged one is no hindrance: the pool repairs itself.
   *
   * @throws TidepoolException {@code pool-version-unsupported}
   */
  public void requireReadable(Path folder) throws IOException {
    try {
      new PoolFolder("", folder, base.clock()).load();
    } catch (PoolFile.Damaged e) {
      return;
    }
  }

  /** Completes a removal that a crash cut off, so that the pool's files can be copied. */
  public void settle(String id) {
    if (reading(id, folder -> state(folder).removal() != null)) {
      changing(id, "repair the pool " + id, (folder, state) -> {});
    }
  }

  /** Forgets what is remembered of a pool whose folder was put there or taken away as a whole. */
  public void forget(String id) {
    folders.remove(id);
  }

  private Addition place(PoolFolder folder, Intake.Batch batch) throws IOException {
    if (batch.isEmpty()) {
      return new Addition(List.of(), batch.refused());
    }
    boolean known = Folders.isReal(folder.path());
    try {
      Files.createDirectories(folder.path());
      List<String> added = place(folder, batch, removals.finish(folder, folder.loadOrSetAside()));
      folder.facts().keep(added);
      return new Addition(added, batch.refused());
    } catch (IOException e) {
      if (!known) {
        Folders.deleteEmpty(folder.path());
      }
      throw e;
    }
  }

  private List<String> place(PoolFolder folder, Intake.Batch batch, PoolState stored)
      throws IOException {
    PoolState state = folder.reconciled(stored);
    List<String> added = batch.namesIn(folder, state);
    List<StoredSlot> slots = new ArrayList<>(state.slots());
    added.forEach(name -> slots.add(StoredSlot.fresh(name)));
    PoolState filled = state.withSlots(slots);
    removals.add(
        folder,
        state,
        filled.withActive(filled.activeAmong(StoredSlot::enabled)),
        added,
        batch.into(folder, added));
    return added;
  }

  private interface Change {
    void apply(PoolFolder folder, PoolState state) throws IOException;
  }

  private interface Reading<T> {
    T from(PoolFolder folder) throws IOException;
  }

  private Pool changing(String id, String doing, Change change) {
    PoolFolder folder = folder(id);
    return base.change(
        doing,
        () -> {
          if (Folders.isReal(folder.path())) {
            PoolState state = removals.finish(folder, folder.loadOrSetAside());
            change.apply(folder, folder.reconciled(state));
          } else {
            change.apply(folder, PoolState.empty());
          }
          return folder.view(folder.list(folder.load()));
        });
  }

  private <T> T reading(String id, Reading<T> reading) {
    PoolFolder folder = folder(id);
    return StorageFailures.translate("read the pool " + id, () -> reading.from(folder));
  }

  private PoolFolder.Listing listing(PoolFolder folder) throws IOException {
    return folder.list(state(folder));
  }

  private PoolState state(PoolFolder folder) throws IOException {
    try {
      return folder.load();
    } catch (PoolFile.Damaged e) {
      try {
        return base.change("repair the pool in " + folder.path(), folder::loadOrSetAside);
      } catch (TidepoolException failure) {
        if (failure.kind() != ErrorKind.STORAGE && failure.kind() != ErrorKind.NO_SPACE) {
          throw failure;
        }
        return PoolState.empty();
      }
    }
  }

  private PoolFolder folder(String id) {
    Path path = base.folder(id);
    // Ids that nobody used are not remembered: there is no end of them.
    return Folders.isReal(path)
        ? folders.computeIfAbsent(id, key -> new PoolFolder(key, path, base.clock()))
        : new PoolFolder(id, path, base.clock());
  }

  private static void requireSlots(String id, PoolState state, List<String> names) {
    Set<String> known = state.byName().keySet();
    for (String name : names) {
      if (!known.contains(name)) {
        throw noSlot(id, name);
      }
    }
  }

  private static TidepoolException noSlot(String id, String name) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "slot-not-found",
        "The pool " + id + " has no image " + Texts.quoted(name) + ".",
        "List the pool to see its images.");
  }
}
