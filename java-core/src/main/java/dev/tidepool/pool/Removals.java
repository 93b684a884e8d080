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
    AtomicFiles.write(place.resolve("slots.json"), describe(state, names));
    PoolState shrunk =
        state
            .withActive(state.activeAmong(slot -> slot.enabled() && !names.contains(slot.name())))
            .withSlots(state.slots().stream().filter(s -> !names.contains(s.name())).toList())
            .withRemoval(new PoolState.Removal(place.getFileName().toString(), List.copyOf(names)));
    folder.store(shrunk);
    finish(folder, shrunk);
  }

  /** The state without an unfinished removal, which is carried out first. */
  PoolState finish(PoolFolder folder, PoolState state) throws IOException {
    PoolState.@Nullable Removal removal = state.removal();
    if (removal == null) {
      return state;
    }
    Path place = trash.place(KIND, folder.path().getFileName().toString(), removal.place());
    Path masks = Files.createDirectories(place.resolve(MASKS));
    for (String name : removal.names()) {
      moveIfThere(folder.path().resolve(name), place.resolve(name));
      if (folder.hasOwnMasks()) {
        moveIfThere(folder.mask(name), masks.resolve(name + ".png"));
      }
    }
    Folders.sync(place);
    Folders.sync(folder.path());
    PoolState finished = state.withRemoval(null);
    folder.store(finished);
    return finished.counted();
  }

  void restore(String id, PoolFolder folder, PoolState state, List<String> names)
      throws IOException {
    List<Found> found = new ArrayList<>();
    for (String name : names) {
      found.add(find(id, name).orElseThrow(() -> notInTrash(id, name)));
    }
    Files.createDirectories(folder.path());
    List<StoredSlot> slots = new ArrayList<>(state.slots());
    List<String> restored = new ArrayList<>();
    for (Found image : found) {
      String name =
          ImageNames.free(
              image.slot().name(),
              candidate ->
                  restored.contains(candidate) || Files.exists(folder.path().resolve(candidate)));
      restored.add(name);
      slots.add(Math.min(image.position(), slots.size()), image.slot().withName(name));
    }
    PoolState grown = state.withSlots(slots);
    folder.store(grown.withActive(grown.activeAmong(StoredSlot::enabled)));
    for (int i = 0; i < found.size(); i++) {
      if (Files.exists(found.get(i).mask()) && folder.canHoldMasks()) {
        Files.createDirectories(folder.path().resolve(MASKS));
        AtomicFiles.move(found.get(i).mask(), folder.mask(restored.get(i)));
      }
      AtomicFiles.move(found.get(i).image(), folder.path().resolve(restored.get(i)));
    }
  }

  private byte[] describe(PoolState state, Set<String> names) throws IOException {
    ArrayNode slots = JsonTree.list();
    for (int i = 0; i < state.slots().size(); i++) {
      StoredSlot slot = state.slots().get(i);
      if (names.contains(slot.name())) {
        ObjectNode entry = slots.addObject().put("name", slot.name()).put("position", i);
        entry.put("label", slot.label()).put("enabled", slot.enabled());
      }
    }
    return JsonTree.write(slots);
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
    } catch (JsonProcessingException e) {
      return new Found(place, StoredSlot.fresh(name), Integer.MAX_VALUE);
    }
    return new Found(place, StoredSlot.fresh(name), Integer.MAX_VALUE);
  }

  private static void moveIfThere(Path source, Path target) throws IOException {
    if (Files.isRegularFile(source)) {
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
