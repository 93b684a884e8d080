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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
  private final OpenPools open;

  /** The pools in this base. */
  public PoolStore(PoolBase base) {
    this.base = base;
    this.removals = new Removals(base.trash());
    this.intake = new Intake(base, removals);
    this.open = new OpenPools(base, removals);
    this.masks = new Masks(base, open);
  }

  /** The pool as it is now. */
  public Pool get(String id) {
    return open.reading(id, folder -> folder.view(open.listing(folder)));
  }

  /**
   * Adds images at the end, in the order given. A file that is no image is refused and does not
   * keep the others out. The first image of a pool becomes active.
   *
   * @param progress hears of bytes
   */
  public Addition add(String id, List<NewImage> images, Progress progress) {
    PoolFolder folder = open.folder(id);
    return StorageFailures.translate(
        "add images to the pool " + id,
        () -> {
          try (Intake.Batch batch = intake.receive(images, progress)) {
            return batch.isEmpty()
                ? new Addition(List.of(), batch.refused())
                : base.change("add images to the pool " + id, () -> intake.place(batch, folder));
          }
        });
  }

  /** Removes images into the trash. When the active slot goes, its neighbour becomes active. */
  public Pool remove(String id, List<String> names) {
    return open.changing(
        id,
        "remove images from the pool " + id,
        (folder, state) -> {
          state.requireSlots(id, names);
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
    if (names.isEmpty()) {
      return get(id);
    }
    return open.changing(
        id,
        "restore images of the pool " + id,
        (folder, state) -> removals.restore(id, folder, state, new LinkedHashSet<>(names)));
  }

  /** Puts the named slots first, in this order; the others follow in the order they had. */
  public Pool reorder(String id, List<String> names) {
    return open.changing(
        id,
        "reorder the pool " + id,
        (folder, state) -> {
          state.requireSlots(id, names);
          if (Folders.isReal(folder.path())) {
            folder.arrangement().store(state.withFirst(names));
          }
        });
  }

  /**
   * Makes a slot the active one.
   *
   * @throws TidepoolException {@code slot-disabled} when the slot is disabled
   */
  public Pool activate(String id, String name) {
    return open.changing(
        id,
        "activate a slot of the pool " + id,
        (folder, state) -> {
          // Not by the state: the file may have become something else than an image.
          if (!folder.list(state).present().containsKey(name)) {
            throw PoolState.noSlot(id, name);
          }
          if (state.slots().stream().anyMatch(s -> s.name().equals(name) && !s.enabled())) {
            throw new TidepoolException(
                ErrorKind.CONFLICT,
                "slot-disabled",
                "The image " + Texts.quoted(name) + " is disabled and cannot be active.",
                "Enable it first.");
          }
          folder.arrangement().store(state.withActive(name));
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
    return open.changing(
        id,
        "label a slot of the pool " + id,
        (folder, state) -> {
          state.requireSlots(id, List.of(name));
          folder
              .arrangement()
              .store(
                  state.changing(slot -> slot.name().equals(name), slot -> slot.withLabel(clean)));
        });
  }

  /** Lets nodes count the slots, or pass them over. A disabled active slot gives way. */
  public Pool enable(String id, List<String> names, boolean enabled) {
    return open.changing(
        id,
        "enable or disable slots of the pool " + id,
        (folder, state) -> {
          state.requireSlots(id, names);
          if (!Folders.isReal(folder.path())) {
            return;
          }
          Set<String> chosen = Set.copyOf(names);
          PoolState changed =
              state.changing(
                  slot -> chosen.contains(slot.name()), slot -> slot.withEnabled(enabled));
          folder.arrangement().store(changed.withActive(changed.activeAmong(StoredSlot::enabled)));
        });
  }

  /**
   * Lays a mask beside a slot in place of the one there.
   *
   * @param file a PNG image, which is copied
   * @throws TidepoolException {@code mask-format-unsupported} when it is something else
   */
  public Pool attachMask(String id, String name, Path file) {
    image(id, name);
    return masks.attach(id, name, file);
  }

  /** Removes a slot's mask into the trash; none there is fine. */
  public Pool removeMask(String id, String name) {
    return masks.remove(id, name);
  }

  /**
   * The pool's content as 64 hex digits: equal for equal images, masks, labels, order, enabled
   * slots and active slot, on any machine.
   */
  public String fingerprint(String id) {
    return open.reading(id, folder -> Fingerprints.of(folder, open.listing(folder)));
  }

  /** The content of one image and its mask, as text that is equal only for equal content. */
  public String fingerprint(String id, String name) {
    image(id, name);
    return open.reading(id, folder -> Fingerprints.of(folder, name));
  }

  /**
   * The slot that a node takes.
   *
   * @param index from 0 among the enabled slots; -1 for the named or the active one
   * @param slot with index -1, the image's name; empty for the active one
   * @param title what people call the pool, in the middle of a sentence; asked for errors only
   * @throws TidepoolException {@code pool-empty}, {@code slot-index-out-of-range}, {@code
   *     slot-disabled}
   */
  public Picked pick(String id, long index, String slot, Supplier<String> title) {
    return open.reading(
        id, folder -> new Picks(folder, open.listing(folder), title).pick(index, slot));
  }

  /** Where a slot's image lies. */
  public Path image(String id, String name) {
    return open.reading(
        id,
        folder -> {
          Path file = folder.path().resolve(ImageNames.plain(name) ? name : "");
          if (!ImageNames.slotLike(name)
              || FileStamp.of(file).isEmpty()
              || open.state(folder).hides(name)) {
            throw PoolState.noSlot(id, name);
          }
          return file;
        });
  }

  /** Where a slot's mask lies, if it has one. */
  public Optional<Path> mask(String id, String name) {
    image(id, name);
    return open.reading(
        id,
        folder ->
            Optional.of(folder.mask(name))
                .filter(mask -> folder.hasOwnMasks())
                .filter(mask -> Files.isRegularFile(mask, LinkOption.NOFOLLOW_LINKS)));
  }

  /** The order, labels and active slot as the bytes of a {@code pool.json} for another machine. */
  public byte[] arrangement(String id) {
    return open.reading(id, folder -> folder.portable(open.listing(folder)));
  }

  /**
   * Looks at a folder that shall become a pool. A damaged {@code pool.json} is no hindrance, for
   * the pool repairs itself; a removal that was under way elsewhere is not this pool's.
   *
   * @throws TidepoolException {@code pool-version-unsupported}
   */
  public void adopt(Path folder) throws IOException {
    Arrangement arrangement = new Arrangement(folder, base.clock());
    try {
      PoolState state = arrangement.load();
      if (state.removal() != null) {
        arrangement.store(state.withRemoval(null));
      }
    } catch (PoolFile.Damaged e) {
      return;
    }
  }

  /** Completes a removal that a crash cut off, so that the pool's files can be copied. */
  public void settle(String id) {
    if (open.reading(id, folder -> open.state(folder).removal() != null)) {
      open.changing(id, "repair the pool " + id, (folder, state) -> {});
    }
  }

  /** Forgets what is remembered of a pool whose folder was put there or taken away as a whole. */
  public void forget(String id) {
    open.forget(id);
  }
}
