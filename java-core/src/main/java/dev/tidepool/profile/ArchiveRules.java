package dev.tidepool.profile;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an archive's entries must be like before anything of it is written. An archive that breaks
 * one rule is refused whole.
 */
final class ArchiveRules {
  static final int MOST_ENTRIES = 100_000;
  private static final long SMALL = 1L << 20;
  private static final int HIGHEST_RATIO = 2 * ArchiveWriter.HIGHEST_RATIO;
  private static final int LONGEST_NAME = 1000;
  private static final int LONGEST_SEGMENT_BYTES = 255;
  private static final int HEADERS = 30 + 46;
  private static final int UNIX_TYPE = 0xF000;
  private static final int UNIX_FOLDER = 0x4000;
  private static final int UNIX_FILE = 0x8000;
  private static final Set<String> POOL_FILES = Set.of("pool/pool.json", "pool/profile_meta.json");
  private static final Set<String> POOL_FOLDERS = Set.of("pool/masks", "pool/.thumbs");
  private static final Set<String> COMPRESSED =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "avif", "zip", "gz", "mp4", "webm");

  private ArchiveRules() {}

  /**
   * One entry as the archive declares it.
   *
   * @param unixMode the high half of the external attributes; 0 when there is none
   */
  record Entry(
      String name, boolean folder, long packed, long unpacked, boolean encrypted, int unixMode) {}

  /** Whether a file of this name holds data that deflating does not shrink. */
  static boolean compressed(String name) {
    return COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  static void requireFewEnough(long entries) {
    if (entries > MOST_ENTRIES) {
      throw new TidepoolException(
          ErrorKind.TOO_LARGE,
          "archive-too-many-entries",
          "This archive has " + entries + " entries; " + MOST_ENTRIES + " is the limit.");
    }
  }

  /**
   * Checks all entries against each other and the archive's size.
   *
   * @throws TidepoolException the code of the first rule that is broken
   */
  static void check(List<Entry> entries, long archiveBytes) {
    requireFewEnough(entries.size());
    Map<String, Boolean> seen = new HashMap<>();
    long packed = 0;
    long unpacked = 0;
    for (Entry entry : entries) {
      requireSafeName(entry);
      requireRightKind(entry);
      requirePlainKind(entry);
      requireNoClash(entry, seen);
      if (entry.packed() > archiveBytes) {
        throw malformed(
            "archive-corrupt",
            "The archive is shorter than its entry " + Texts.quoted(entry.name()) + ".");
      }
      requireSaneSize(entry.name(), entry.packed(), entry.unpacked());
      // The second sum can overflow only where the first is refused below.
      packed += HEADERS + 2L * entry.name().length() + entry.packed();
      unpacked += entry.unpacked();
    }
    if (packed > archiveBytes) {
      throw bomb("its entries share their bytes");
    }
    requireSaneSize("the archive", archiveBytes, unpacked);
  }

  /**
   * Refuses to export what an import would refuse.
   *
   * @throws TidepoolException {@code profile-not-portable}
   */
  static void requirePortable(PoolFiles content) {
    requireFewEnough(content.files().size() + content.folders().size() + 1L);
    Map<String, Boolean> seen = new HashMap<>();
    content.folders().forEach(folder -> requirePortable(folder + "/", true, seen));
    content.files().keySet().forEach(file -> requirePortable(file, false, seen));
  }

  private static void requirePortable(String name, boolean folder, Map<String, Boolean> seen) {
    Entry entry = new Entry("pool/" + name, folder, 0, 0, false, 0);
    try {
      requireSafeName(entry);
      requireRightKind(entry);
      requireNoClash(entry, seen);
    } catch (TidepoolException e) {
      throw new TidepoolException(
          e,
          ErrorKind.CONFLICT,
          "profile-not-portable",
          "The pool's file " + Texts.quoted(name) + " could not be unpacked on every system.",
          "Rename it: names must be plain, and differ in more than case.");
    }
  }

  private static void requireSafeName(Entry entry) {
    String name = entry.name();
    String path =
        entry.folder() && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    boolean drive = path.length() > 1 && path.charAt(1) == ':';
    boolean unsafe =
        path.isEmpty()
            || path.length() > LONGEST_NAME
            || path.startsWith("/")
            || drive
            || path.indexOf('\\') >= 0
            || !path.codePoints().allMatch(Texts::printable);
    for (String segment : path.split("/", -1)) {
      unsafe |= segment.isEmpty() || segment.equals(".") || segment.equals("..");
      unsafe |= segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_SEGMENT_BYTES;
    }
    if (unsafe) {
      throw malformed(
          "archive-entry-unsafe", "The archive's entry " + Texts.quoted(name) + " is not allowed.");
    }
  }

  /** What a pool keeps as a file must not arrive as a folder, nor the other way round. */
  private static void requireRightKind(Entry entry) {
    String key = Texts.key(entry.name());
    boolean below = POOL_FILES.stream().anyMatch(file -> key.startsWith(file + "/"));
    boolean itself = entry.folder() && POOL_FILES.contains(key);
    if (below || itself || (!entry.folder() && POOL_FOLDERS.contains(key))) {
      throw malformed(
          "archive-entry-unsafe",
          "The archive's entry " + Texts.quoted(entry.name()) + " is of the wrong kind.");
    }
  }

  private static void requirePlainKind(Entry entry) {
    if (entry.encrypted()) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "archive-encrypted",
          "The archive's entry " + Texts.quoted(entry.name()) + " is encrypted.",
          "Unpack it with its password and pack it again without one.");
    }
    int type = entry.unixMode() & UNIX_TYPE;
    if (type != 0 && type != UNIX_FILE && type != UNIX_FOLDER) {
      throw malformed(
          "archive-entry-link",
          "The archive's entry "
              + Texts.quoted(entry.name())
              + " is a link or a device, not a file.");
    }
  }

  private static void requireNoClash(Entry entry, Map<String, Boolean> seen) {
    String name = entry.name();
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    String key = Texts.key(path);
    @Nullable Boolean before = seen.put(key, !entry.folder());
    boolean clash = before != null && !(entry.folder() && !before);
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      clash |= Boolean.TRUE.equals(seen.putIfAbsent(key.substring(0, slash), false));
    }
    if (clash) {
      throw malformed(
          "archive-entry-duplicate",
          "The archive holds " + Texts.quoted(name) + " more than once, ignoring case.");
    }
  }

  private static void requireSaneSize(String what, long packed, long unpacked) {
    if (packed < 0 || unpacked < 0) {
      throw malformed("archive-corrupt", "The archive gives no sane size for " + what + ".");
    }
    if (unpacked > SMALL && unpacked / HIGHEST_RATIO > packed) {
      throw bomb(Texts.quoted(what) + " from " + packed + " to " + unpacked + " bytes");
    }
  }

  private static TidepoolException bomb(String how) {
    return new TidepoolException(
        ErrorKind.TOO_LARGE,
        "archive-bomb",
        "The archive would unpack to suspiciously much: " + how + ".");
  }

  /** The path inside the pool that an entry is unpacked to; null when it is not part of a pool. */
  static @Nullable Path inPool(Entry entry, Path pool) {
    if (!entry.name().startsWith("pool/") || entry.name().length() == "pool/".length()) {
      return null;
    }
    String inside = entry.name().substring("pool/".length());
    Path target = pool.resolve(inside).normalize();
    if (!target.startsWith(pool) || target.equals(pool)) {
      throw malformed(
          "archive-entry-unsafe",
          "The archive's entry " + Texts.quoted(entry.name()) + " leaves the pool.");
    }
    return PoolFiles.travels(inside) ? target : null;
  }

  static TidepoolException malformed(String code, String message) {
    return new TidepoolException(
        ErrorKind.MALFORMED, code, message, "Nothing of the archive was taken.");
  }
}
