package dev.tidepool.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves images into the trash and back. A removal is one folder in the trash with {@code
 * slots.json} (what the pool knew of the images), the images, and their masks under {@code masks/}.
 *
 * <p>The pool's file decides: it first says which images are gone, then they are moved, then it
 * forgets them. {@link #finish} completes what a crash cut off in between.
 */
final class Removals {
  private static final String KIND = "slots";
  private static final String MASKS = "masks";

  private final Trash trash;

  Removals(Trash trash) {
    this.trash = trash;
  }

  /** An image in the trash. */
  private record Found(Path place, StoredSlot slot, int position) {
    Path image() {
      return place.resolve(slot.name());
    }

    Path mask() {
      return place.resolve(MASKS).resolve(slot.name() + ".png");
    }
  }

  void remove(String id, PoolFolder folder, PoolState state, Set<String> names) throws IOException {
    if (names.isEmpty()) {
      return;
    }
    Path place = trash.open(KIND, id);
    PoolState shrunk =
        state
            .withActive(state.activeAmong(slot -> slot.enabled() && !names.contains(slot.name())))
            .withSlots(state.slots().stream().filter(s -> !names.contains(s.name())).toList())
            .withRemoval(new PoolState.Removal(place.getFileName().toString(), List.copyOf(names)));
    try {
      AtomicFiles.create(place.resolve("slots.json"), describe(state, names));
      Files.createDirectory(place.resolve(MASKS));
      folder.arrangement().store(shrunk);
    } catch (IOException e) {
      Folders.deleteQuietly(place);
      throw e;
    }
    try {
      finish(folder, shrunk.counted());
    } catch (IOException e) {
      // The store above decided; the next change moves what is left.
      System.getLogger("dev.tidepool.pool")
          .log(System.Logger.Level.WARNING, "unfinished removal pool={0} reason={1}", id, e);
    }
  }

  /** The state without an unfinished removal, which is carried out first. */
  PoolState finish(PoolFolder folder, PoolState state) throws IOException {
    PoolState.@Nullable Removal removal = state.removal();
    if (removal == null) {
      return state;
    }
    Path place = trash.place(KIND, folder.path().getFileName().toString(), removal.place());
    Path masks = Files.createDirectories(place.resolve(MASKS));
    for (int i = 0; i < removal.names().size(); i++) {
      String name = removal.names().get(i);
      String origin = removal.origins().get(i);
      moveIfThere(folder.path().resolve(name), place.resolve(origin));
      if (folder.hasOwnMasks()) {
        moveIfThere(folder.mask(name), masks.resolve(origin + ".png"));
      }
    }
    Folders.sync(place);
    Folders.sync(folder.path());
    PoolState finished = state.withRemoval(null);
    folder.arrangement().store(finished);
    return finished.counted();
  }

  void restore(String id, PoolFolder folder, PoolState state, Set<String> names)
      throws IOException {
    List<Found> found = new ArrayList<>();
    for (String name : names) {
      found.add(find(id, name).orElseThrow(() -> notInTrash(id, name)));
    }
    Files.createDirectories(folder.path());
    List<StoredSlot> slots = new ArrayList<>(state.slots());
    TakenNames taken = new TakenNames(folder.path(), state);
    List<String> restored = new ArrayList<>();
    for (Found image : found) {
      String name = ImageNames.free(image.slot().name(), taken::contains);
      taken.add(name);
      restored.add(name);
      slots.add(Math.min(image.position(), slots.size()), image.slot().withName(name));
    }
    PoolState grown = state.withSlots(slots);
    Path place = trash.open(KIND, id);
    PoolState.Removal cutOff =
        new PoolState.Removal(
            place.getFileName().toString(),
            restored,
            found.stream().map(image -> image.slot().name()).toList());
    try {
      AtomicFiles.create(place.resolve("slots.json"), describe(found));
      arrive(
          folder,
          state.withRemoval(cutOff),
          grown.withActive(grown.activeAmong(StoredSlot::enabled)),
          new Return(folder, found, restored));
    } finally {
      Folders.deleteQuietly(place);
    }
  }

  /** The way of images from the trash back into their pool. */
  private record Return(PoolFolder folder, List<Found> found, List<String> names)
      implements Arrival {
    @Override
    public void carryOut() throws IOException {
      for (int i = 0; i < found.size(); i++) {
        if (Files.exists(found.get(i).mask()) && folder.canHoldMasks()) {
          Files.createDirectories(folder.path().resolve(MASKS));
          AtomicFiles.move(found.get(i).mask(), folder.mask(names.get(i)));
        }
        AtomicFiles.move(found.get(i).image(), folder.path().resolve(names.get(i)));
      }
    }

    @Override
    public void undo() throws IOException {
      for (int i = 0; i < found.size(); i++) {
        if (!Files.exists(found.get(i).image())) {
          moveIfThere(folder.path().resolve(names.get(i)), found.get(i).image());
        }
        if (folder.hasOwnMasks() && !Files.exists(found.get(i).mask())) {
          moveIfThere(folder.mask(names.get(i)), found.get(i).mask());
        }
      }
      Folders.deleteEmpty(folder.path().resolve(MASKS));
    }
  }

  /**
   * Lets new images come into the pool's folder: all or none, whatever happens.
   *
   * @param after the state with them
   * @param names of the new images
   * @param move brings them
   */
  void add(PoolFolder folder, PoolState before, PoolState after, List<String> names, Arrival move)
      throws IOException {
    if (names.size() == 1) {
      // One image needs no announcement: without its entry it is listed at the end all the same.
      try (Arrangement.Next next = folder.arrangement().prepare(after)) {
        try {
          move.carryOut();
          next.commit();
        } catch (IOException e) {
          move.undo();
          throw e;
        }
      }
      return;
    }
    Path place = trash.open(KIND, folder.path().getFileName().toString());
    try {
      // Hidden in the trash: they never were slots, and do not stand in the way of those that were.
      List<String> origins = names.stream().map(name -> "." + name).toList();
      PoolState.Removal cutOff =
          new PoolState.Removal(place.getFileName().toString(), names, origins);
      arrive(folder, before.withRemoval(cutOff), after, move);
    } finally {
      Folders.deleteQuietly(place);
    }
  }

  /** Moves images into a pool's folder. */
  interface Arrival {
    /** Moves all of them. */
    void carryOut() throws IOException;

    /** Moves back those that came before {@link #carryOut} failed. */
    void undo() throws IOException;
  }

  /**
   * Lets images come together. Until all are there nobody sees one of them; when that fails all is
   * as before, and when it is cut off they go to the trash.
   *
   * @param before the state with the removal of the images that are about to come
   */
  private void arrive(PoolFolder folder, PoolState before, PoolState after, Arrival move)
      throws IOException {
    try (Arrangement.Kept kept = folder.arrangement().keep()) {
      folder.arrangement().store(before);
      try {
        move.carryOut();
        folder.arrangement().store(after.counted());
      } catch (IOException e) {
        undo(move, kept, e);
        throw e;
      }
    }
  }

  private static void undo(Arrival move, Arrangement.Kept kept, IOException why) {
    try {
      move.undo();
      kept.putBack();
    } catch (IOException e) {
      // The pool's file still announces the images: the next change settles them.
      why.addSuppressed(e);
    }
  }

  private byte[] describe(PoolState state, Set<String> names) throws IOException {
    ArrayNode slots = JsonTree.list();
    for (int i = 0; i < state.slots().size(); i++) {
      if (names.contains(state.slots().get(i).name())) {
        describe(slots.addObject(), state.slots().get(i), i);
      }
    }
    return JsonTree.write(slots);
  }

  private byte[] describe(List<Found> images) throws IOException {
    ArrayNode slots = JsonTree.list();
    images.forEach(image -> describe(slots.addObject(), image.slot(), image.position()));
    return JsonTree.write(slots);
  }

  private static void describe(ObjectNode entry, StoredSlot slot, int position) {
    entry.put("name", slot.name()).put("position", position);
    entry.put("label", slot.label()).put("enabled", slot.enabled());
  }

  private Optional<Found> find(String id, String name) throws IOException {
    if (!ImageNames.plain(name)) {
      return Optional.empty();
    }
    for (Path place : trash.find(KIND, id)) {
      if (Files.isRegularFile(place.resolve(name)) && ImageNames.slotLike(name)) {
        return Optional.of(remembered(place, name));
      }
    }
    return Optional.empty();
  }

  private Found remembered(Path place, String name) throws IOException {
    try {
      for (var entry : JsonTree.read(Files.readAllBytes(place.resolve("slots.json")))) {
        if (entry.path("name").asText().equals(name)) {
          @Nullable String label = entry.path("label").textValue();
          StoredSlot slot = new StoredSlot(name, label, entry.path("enabled").asBoolean(true));
          return new Found(place, slot, Math.max(0, entry.path("position").asInt()));
        }
      }
    } catch (JsonProcessingException | NoSuchFileException e) {
      return new Found(place, StoredSlot.fresh(name), Integer.MAX_VALUE);
    }
    return new Found(place, StoredSlot.fresh(name), Integer.MAX_VALUE);
  }

  private static void moveIfThere(Path source, Path target) throws IOException {
    // With something at the target this move was done before a crash; the source came later.
    if (Files.isRegularFile(source) && !Files.exists(target)) {
      Files.move(source, target);
    }
  }

  private static TidepoolException notInTrash(String id, String name) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "slot-not-in-trash",
        "No image " + Texts.quoted(name) + " was removed from the pool " + id + " of late.",
        "Removed images are kept for " + Trash.KEPT.toDays() + " days.");
  }
}
