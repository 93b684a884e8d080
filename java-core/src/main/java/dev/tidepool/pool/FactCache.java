package dev.tidepool.pool;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.image.ImageHeader;
import dev.tidepool.image.ImageHeaders;
import dev.tidepool.io.FileStamp;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Texts;
import dev.tidepool.io.Uninterrupted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the facts of one pool's files, so that a listing reads no image. It lies beside the
 * thumbnails, {@code .thumbs/facts.tsv}, and may be deleted at any time: one line each of size,
 * time, width, height, SHA-256 or {@code -}, and the name; a later line replaces an earlier one,
 * and a line that makes no sense is passed over. Thread-safe.
 */
final class FactCache {
  private static final long LARGEST = 32L << 20;

  private final Path folder;
  private final Path file;
  private final Map<String, Fact> facts = new ConcurrentHashMap<>();
  private boolean loaded;

  FactCache(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(".thumbs").resolve("facts.tsv");
  }

  /**
   * The facts of a file in the pool's folder, read from it only when they are not known. A file
   * that cannot be read, or has just vanished, counts as no image, and is looked at again next
   * time.
   */
  Fact of(String name, FileStamp stamp, Collection<String> news) {
    load();
    @Nullable Fact known = facts.get(name);
    if (known != null && known.holdsFor(stamp)) {
      return known;
    }
    try {
      Fact read = read(name, stamp);
      facts.put(name, read);
      news.add(name);
      return read;
    } catch (IOException e) {
      log().log(System.Logger.Level.DEBUG, "unreadable image={0} reason={1}", name, e.toString());
      return new Fact(stamp.bytes(), stamp.modified(), 0, 0, null);
    }
  }

  /** The SHA-256 of a file in the pool's folder, 64 hex digits. */
  String sha256(String name, FileStamp stamp, Collection<String> news) throws IOException {
    Fact fact = of(name, stamp, news);
    @Nullable String sha256 = fact.sha256();
    if (sha256 == null) {
      sha256 = Digests.sha256(folder.resolve(name));
      put(name, new Fact(fact.bytes(), fact.modified(), fact.width(), fact.height(), sha256));
      news.add(name);
    }
    return sha256;
  }

  void put(String name, Fact fact) {
    load();
    facts.put(name, fact);
  }

  /** Writes down what is new, where that can be done; a cache that cannot be kept is no failure. */
  void keep(Collection<String> news) {
    if (news.isEmpty() || !Folders.isReal(folder)) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (String name : news) {
      @Nullable Fact fact = facts.get(name);
      if (fact != null && name.codePoints().allMatch(Texts::printable)) {
        lines.append(line(name, fact)).append('\n');
      }
    }
    try {
      // Not with its parents: a pool that was deleted a moment ago must not come back empty.
      Path thumbs = folder.resolve(".thumbs");
      if (!Folders.isThere(thumbs)) {
        Files.createDirectory(thumbs);
      }
      if (!Folders.isReal(thumbs) || Files.isSymbolicLink(file)) {
        return;
      }
      Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      log()
          .log(System.Logger.Level.DEBUG, "facts not kept path={0} reason={1}", file, e.toString());
    }
  }

  private Fact read(String name, FileStamp stamp) throws IOException {
    try {
      ImageHeader header = Uninterrupted.run(() -> ImageHeaders.read(folder.resolve(name)));
      return new Fact(stamp.bytes(), stamp.modified(), header.width(), header.height(), null);
    } catch (TidepoolException e) {
      return new Fact(stamp.bytes(), stamp.modified(), 0, 0, null);
    }
  }

  private synchronized void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    List<String> lines = List.of();
    try {
      // What is no UTF-8 becomes a line that makes no sense, and goes with the next compaction.
      if (Files.size(file) <= LARGEST) {
        lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      } else {
        compact();
      }
    } catch (IOException e) {
      return;
    }
    lines.forEach(this::understand);
    if (lines.size() > 2 * facts.size() + 1000) {
      compact();
    }
  }

  private void compact() {
    try {
      Files.delete(file);
    } catch (IOException e) {
      return;
    }
    keep(facts.keySet());
  }

  private static String line(String name, Fact fact) {
    String sha256 = fact.sha256() != null ? fact.sha256() : "-";
    return fact.bytes()
        + "\t"
        + fact.modified()
        + "\t"
        + fact.width()
        + "\t"
        + fact.height()
        + "\t"
        + sha256
        + "\t"
        + name;
  }

  private void understand(String line) {
    String[] cells = line.split("\t", 6);
    if (cells.length < 6) {
      return;
    }
    try {
      @Nullable String sha256 = cells[4].matches("[0-9a-f]{64}") ? cells[4] : null;
      facts.put(
          cells[5],
          new Fact(
              Long.parseLong(cells[0]),
              Long.parseLong(cells[1]),
              Integer.parseInt(cells[2]),
              Integer.parseInt(cells[3]),
              sha256));
    } catch (NumberFormatException e) {
      log().log(System.Logger.Level.DEBUG, "damaged line path={0}", file);
    }
  }

  // Asked for when it is needed: getting a logger is slow, and seldom is there anything to say.
  private static System.Logger log() {
    return System.getLogger("dev.tidepool.pool");
  }
}
