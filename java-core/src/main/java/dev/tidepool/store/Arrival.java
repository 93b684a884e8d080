package dev.tidepool.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a bundle from a store lies in the workspace's cache until it was used:
 *
 * <pre>
 * arrivals/3f1c9a…/portrait_bundle.tar.gz    a folder for each address
 * arrivals/3f1c9a…/state.json                {"tag":"\"a1b2\"","size":123}
 * arrivals/3f1c9a…/.lock                     held from the download to the end of its use
 * </pre>
 */
final class Arrival {
  private static final Duration STALE = Duration.ofDays(7);
  private static final int LONGEST_NAME = 200;

  private final Path folder;
  private final Path file;

  private Arrival(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * The place of what is at an address; what nobody asked for in a week goes.
   *
   * @param folder its {@link #folder}
   * @param name what it is called there
   */
  static Arrival of(Path arrivals, Path folder, String name, Clock clock) throws IOException {
    Files.createDirectories(folder);
    Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
    Instant before = clock.instant().minus(STALE);
    for (Path each : Folders.children(arrivals)) {
      if (!each.equals(folder) && isOlder(each, before)) {
        Folders.deleteQuietly(each);
      }
    }
    return new Arrival(folder, folder.resolve(name(name)));
  }

  /** Its folder: what a query says counts too, but is not written. */
  static Path folder(Path arrivals, URI uri) {
    return arrivals.resolve(Sha256.of(uri.toString()).substring(0, 16));
  }

  private static boolean isOlder(Path folder, Instant time) throws IOException {
    try {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(time);
    } catch (NoSuchFileException e) {
      // Another process took it away.
      return false;
    }
  }

  /** A name that every system takes; what has none is a bundle. */
  private static String name(String wanted) {
    String name = wanted.replaceAll("[^\\p{L}\\p{N}._ -]", "_").replaceFirst("^[. ]+", "");
    String shorter = name.substring(Math.max(0, name.length() - LONGEST_NAME));
    return shorter.isBlank() || shorter.equals("state.json") ? "bundle.tar.gz" : shorter;
  }

  Path file() {
    return file;
  }

  /** Whether it is here whole already, in the state that the store names. */
  boolean isHere(String tag, long size) throws IOException {
    if (tag.isEmpty() || !Files.isRegularFile(file)) {
      return false;
    }
    try {
      JsonNode state = JsonTree.read(Files.readAllBytes(state()));
      return state.path("tag").asText().equals(tag)
          && state.path("size").asLong() == size
          && Files.size(file) == size;
    } catch (NoSuchFileException | JacksonException e) {
      return false;
    }
  }

  /** It is whole, in that state. */
  void keep(String tag) throws IOException {
    ObjectNode state = JsonTree.object();
    state.put("tag", tag);
    state.put("size", Files.size(file));
    AtomicFiles.write(state(), JsonTree.write(state));
  }

  /** Takes a whole file away that is of no use. */
  void drop() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(state());
  }

  /** Takes all of it away but the lock, for which others may wait. */
  void remove() throws IOException {
    for (Path each : Folders.children(folder)) {
      if (!each.equals(folder.resolve(".lock"))) {
        Folders.deleteQuietly(each);
      }
    }
  }

  private Path state() {
    return folder.resolve("state.json");
  }
}
