package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The entries of a source archive, each checked: a name inside the archive's own tree, no links or
 * devices, nothing twice, not too many, and no more content than such an archive can have.
 */
final class ArchiveListing {
  private static final int MOST_ENTRIES = 100_000;
  private static final long MOST_BYTES = 4L << 30;
  private static final long HARMLESS_BYTES = 64L << 20;
  private static final int MOST_RATIO = 100;

  /** The type flags of plain files (POSIX ustar). */
  private static final String FILES =
      new String(
          new byte[] {TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG},
          StandardCharsets.US_ASCII);

  private final Path file;
  private final long packed;
  private final Map<String, String> files = new HashMap<>();
  private final Set<String> folders = new HashSet<>();
  private int entries;
  private long bytes;

  ArchiveListing(Path file, long packed) {
    this.file = file;
    this.packed = packed;
  }

  /** The content of all entries together. */
  long bytes() {
    return bytes;
  }

  /** Checks an entry and reads its content to the end. */
  void add(TarArchiveEntry entry, InputStream content) throws IOException {
    if (++entries > MOST_ENTRIES) {
      throw new TidepoolException(
          ErrorKind.TOO_LARGE,
          "archive-too-many-entries",
          "The archive " + file + " has more than " + MOST_ENTRIES + " entries.");
    }
    String name = name(entry, file);
    if (entry.isDirectory()) {
      folders.add(Texts.key(name));
      return;
    }
    if (FILES.indexOf(entry.getLinkFlag()) < 0 || entry.isSparse()) {
      throw new TidepoolException(
          ErrorKind.MALFORMED, "archive-entry-link", holds("a link or a device", name));
    }
    if (files.put(Texts.key(name), name) != null) {
      throw twice(name);
    }
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      folders.add(Texts.key(name.substring(0, end)));
    }
    count(content);
  }

  /**
   * The folder of the ComfyUI, ending in a slash; empty when it is the archive's root.
   *
   * @throws TidepoolException {@code archive-not-comfyui}
   */
  String root() {
    for (String key : files.keySet()) {
      if (folders.contains(key)) {
        throw twice(key);
      }
    }
    return files.values().stream()
        .filter(name -> name.equals("main.py") || name.endsWith("/main.py"))
        .map(name -> name.substring(0, name.length() - "main.py".length()))
        .filter(this::holdsComfyUi)
        .min(
            java.util.Comparator.comparingInt(String::length)
                .thenComparing(java.util.Comparator.naturalOrder()))
        .orElseThrow(
            () ->
                new TidepoolException(
                    ErrorKind.UNSUPPORTED,
                    "archive-not-comfyui",
                    "The archive " + file + " holds no ComfyUI.",
                    "It has to hold a folder with ComfyUI's main.py and comfy."));
  }

  /**
   * The name of an entry, without a slash at its end.
   *
   * @throws TidepoolException {@code archive-entry-unsafe}
   */
  static String name(TarArchiveEntry entry, Path file) {
    String name = entry.getName();
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    while (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    if (!MemberNames.isSafe(name)
        && !(entry.isDirectory() && (name.isEmpty() || name.equals(".")))) {
      throw new TidepoolException(
          ErrorKind.MALFORMED,
          "archive-entry-unsafe",
          "The archive "
              + file
              + " holds an entry that would leave its place: "
              + Texts.quoted(entry.getName())
              + ".",
          "Get the archive from a source that you trust.");
    }
    return name;
  }

  private boolean holdsComfyUi(String root) {
    return ComfyUi.LANDMARKS.stream().allMatch(name -> files.containsKey(Texts.key(root + name)))
        && folders.contains(Texts.key(root + "comfy"));
  }

  private void count(InputStream content) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int read = content.read(buffer);
    while (read >= 0) {
      bytes += read;
      if (bytes > MOST_BYTES || (bytes > HARMLESS_BYTES && bytes / MOST_RATIO > packed)) {
        throw new TidepoolException(
            ErrorKind.TOO_LARGE,
            "archive-bomb",
            "The archive " + file + " would unpack to suspiciously much.",
            "Get the archive from a source that you trust.");
      }
      read = content.read(buffer);
    }
  }

  private TidepoolException twice(String name) {
    return new TidepoolException(
        ErrorKind.MALFORMED, "archive-entry-duplicate", holds("a name twice", name));
  }

  private String holds(String what, String name) {
    return "The archive " + file + " holds " + what + ": " + Texts.quoted(name) + ".";
  }
}
