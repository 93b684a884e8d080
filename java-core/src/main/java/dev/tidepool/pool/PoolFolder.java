package dev.tidepool.pool;

import dev.tidepool.io.FileStamp;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pool's folder: its arrangement in {@code pool.json} brought together with the files that are
 * really there.
 */
final class PoolFolder {
  private final String id;
  private final Path folder;
  private final Arrangement arrangement;
  private final FactCache facts;

  /** An image that is there, with its mask's stamp. */
  record Present(FileStamp stamp, Fact fact, @Nullable FileStamp mask) {}

  /** The pool as it is: every stored slot that is there, then the files found beside them. */
  record Listing(PoolState state, Map<String, Present> present) {
    boolean usable(StoredSlot slot) {
      return slot.enabled() && present.containsKey(slot.name());
    }
  }

  PoolFolder(String id, Path folder, Clock clock) {
    this.id = id;
    this.folder = folder;
    this.arrangement = new Arrangement(folder, clock);
    this.facts = new FactCache(folder);
  }

  Path path() {
    return folder;
  }

  Arrangement arrangement() {
    return arrangement;
  }

  FactCache facts() {
    return facts;
  }

  Path mask(String name) {
    return folder.resolve("masks").resolve(name + ".png");
  }

  /** Whether nothing else stands where the folder of masks belongs. */
  boolean canHoldMasks() {
    return hasOwnMasks() || !Folders.isThere(folder.resolve("masks"));
  }

  /** Whether there is a folder of masks, and not a link to one elsewhere. */
  boolean hasOwnMasks() {
    return Folders.isReal(folder.resolve("masks"));
  }

  /**
   * The stored arrangement without what has vanished and with what was dropped in by hand. The
   * names of the files are read, and only of unknown ones more; nothing is when the folder has not
   * changed since the arrangement was stored. A file that comes by hand in that very tick of the
   * clock is listed all the same, only behind those that came later.
   */
  PoolState reconciled(PoolState state) throws IOException {
    if (arrangement.agreesWithFolder(state)) {
      return state;
    }
    Set<String> found = fileNames();
    List<String> news = new ArrayList<>();
    List<StoredSlot> slots = new ArrayList<>(state.slots().size() + 1);
    for (StoredSlot slot : state.slots()) {
      if (found.remove(slot.name())) {
        slots.add(slot);
      }
    }
    boolean vanished = slots.size() < state.slots().size();
    boolean appeared = false;
    for (String name : new TreeSet<>(found)) {
      Optional<FileStamp> stamp = FileStamp.of(folder.resolve(name));
      if (!state.hides(name) && stamp.isPresent() && facts.of(name, stamp.get(), news).isImage()) {
        slots.add(StoredSlot.fresh(name));
        appeared = true;
      }
    }
    facts.keep(news);
    return vanished || appeared ? state.withActive(survivor(state, slots)).withSlots(slots) : state;
  }

  private static @Nullable String survivor(PoolState before, List<StoredSlot> left) {
    Set<String> names = new HashSet<>();
    left.forEach(slot -> names.add(slot.name()));
    return before.activeAmong(slot -> names.contains(slot.name()) && slot.enabled());
  }

  /** Everything that is there, with its facts. Changes nothing but the cache of facts. */
  Listing list(PoolState state) throws IOException {
    List<String> news = new ArrayList<>();
    Map<String, FileStamp> masks = masks();
    Map<String, Present> present = new HashMap<>(state.slots().size() * 2);
    Map<String, StoredSlot> slots = new LinkedHashMap<>(state.slots().size() * 2);
    state.slots().forEach(slot -> slots.put(slot.name(), slot));
    Set<String> unlisted = new TreeSet<>();
    for (String name : fileNames()) {
      Optional<FileStamp> stamp =
          state.hides(name) ? Optional.empty() : FileStamp.of(folder.resolve(name));
      if (stamp.isPresent()) {
        Fact fact = facts.of(name, stamp.get(), news);
        if (fact.isImage()) {
          present.put(name, new Present(stamp.get(), fact, masks.get(name + ".png")));
          if (!slots.containsKey(name)) {
            unlisted.add(name);
          }
        }
      }
    }
    unlisted.forEach(name -> slots.put(name, StoredSlot.fresh(name)));
    facts.keep(news);
    return new Listing(state.withSlots(List.copyOf(slots.values())), present);
  }

  /** The listing as others see it. */
  Pool view(Listing listing) {
    List<Slot> slots = new ArrayList<>(listing.present().size());
    @Nullable String active = listing.state().activeAmong(listing::usable);
    MessageDigest digest = Digests.sha256();
    for (StoredSlot stored : listing.state().slots()) {
      @Nullable Present there = listing.present().get(stored.name());
      if (there != null) {
        Slot slot = slot(stored, there);
        slots.add(slot);
        digest.update(line(slot, there).getBytes(StandardCharsets.UTF_8));
      }
    }
    digest.update(String.valueOf(active).getBytes(StandardCharsets.UTF_8));
    String revision = listing.state().changes() + "-" + Digests.hex(digest).substring(0, 16);
    return new Pool(id, revision, active, slots);
  }

  private static String line(Slot slot, Present there) {
    FileStamp file = there.stamp();
    @Nullable FileStamp mask = there.mask();
    String masked = mask != null ? mask.bytes() + "," + mask.modified() : "-";
    return String.join(
        "\n",
        slot.name(),
        slot.label(),
        slot.enabled() + "," + file.bytes() + "," + file.modified() + "," + masked,
        "");
  }

  /** The listing as a {@code pool.json} that means the same on any machine. */
  byte[] portable(Listing listing) throws IOException {
    List<StoredSlot> slots =
        listing.state().slots().stream()
            .filter(slot -> listing.present().containsKey(slot.name()))
            .toList();
    @Nullable String active = listing.state().activeAmong(listing::usable);
    return arrangement.encode(new PoolState(0, active, slots, null));
  }

  private static Slot slot(StoredSlot stored, Present there) {
    return new Slot(
        stored.name(),
        stored.shownLabel(),
        there.fact().width(),
        there.fact().height(),
        there.stamp().bytes(),
        TimeUnit.NANOSECONDS.toMillis(there.stamp().modified()),
        stored.enabled(),
        there.mask() != null);
  }

  private Set<String> fileNames() throws IOException {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (ImageNames.slotLike(name)) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return names;
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private Map<String, FileStamp> masks() throws IOException {
    Map<String, FileStamp> stamps = new HashMap<>();
    if (!hasOwnMasks()) {
      return stamps;
    }
    for (Path mask : Folders.children(folder.resolve("masks"))) {
      FileStamp.of(mask).ifPresent(stamp -> stamps.put(mask.getFileName().toString(), stamp));
    }
    return stamps;
  }
}
