package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Reads an archive whole before anything of it is written, and refuses what a pack has no use for:
 * entries that would leave the folder, links and devices, a git repository's own folder, a name
 * twice or in two spellings, more than a pack can sensibly hold, content that is not what the
 * archive says.
 */
final class ArchiveCheck implements ArchiveFormat.Visitor {
  private static final int MOST_ENTRIES = 50_000;
  private static final long MOST_BYTES = 4L << 30;
  private static final long HARMLESS_BYTES = 64L << 20;
  private static final int MOST_RATIO = 100;

  private final String archive;
  private final long packed;
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> folders = new HashMap<>();
  private final Set<String> tops = new HashSet<>();
  private final byte[] buffer = new byte[1 << 16];
  private int entries;
  private long bytes;

  /**
   * A check of one archive.
   *
   * @param archive what to call it in messages
   * @param packed its size in bytes
   */
  ArchiveCheck(String archive, long packed) {
    this.archive = archive;
    this.packed = packed;
  }

  @Override
  public void visit(ArchiveMember member, InputStream content) throws IOException {
    if (++entries > MOST_ENTRIES) {
      throw refused(
          ErrorKind.TOO_LARGE,
          "archive-too-many-entries",
          "has more than " + MOST_ENTRIES + " entries");
    }
    String name = name(member);
    if (name.isEmpty()) {
      return;
    }
    if (member.kind() == ArchiveMember.Kind.OTHER) {
      throw holds("archive-entry-link", "a link or a device", name);
    }
    boolean folder = member.kind() == ArchiveMember.Kind.FOLDER;
    enter(name, folder);
    if (!folder) {
      read(member, name, content);
    }
  }

  /** Refuses an archive without files, and a name that is both a file and a folder. */
  void finish() {
    if (files.isEmpty()) {
      throw refused(ErrorKind.MALFORMED, "archive-corrupt", "holds no files");
    }
    files.forEach(
        (key, name) -> {
          if (folders.containsKey(key)) {
            throw twice(name);
          }
        });
  }

  /** The content of all files together, in bytes. */
  long bytes() {
    return bytes;
  }

  /** The one folder that holds everything, with a slash at its end; empty when there is none. */
  String top() {
    String only = tops.size() == 1 ? tops.iterator().next() : "";
    return only.isEmpty() || files.containsKey(Texts.key(only)) ? "" : only + "/";
  }

  /** The name without a slash at its end and dots at its start; empty for the archive's root. */
  String name(ArchiveMember member) {
    String name = member.name();
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    while (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    boolean root = name.isEmpty() || name.equals(".");
    if (root && member.kind() == ArchiveMember.Kind.FOLDER && !member.name().startsWith("/")) {
      return "";
    }
    if (!MemberNames.isSafe(name)) {
      throw holds("archive-entry-unsafe", "an entry that would leave its place", member.name());
    }
    for (String part : name.split("/", -1)) {
      if (isGit(part)) {
        throw holds("archive-entry-git", "a git repository of its own", name);
      }
    }
    return name;
  }

  /** Also as Windows and macOS would read it: short names, trailing dots, ignored characters. */
  private static boolean isGit(String part) {
    String key = Texts.key(part).replaceAll("\\p{Cf}", "").replaceAll("[. ]+$", "");
    return key.equals(".git") || key.matches("git~[0-9]+");
  }

  private void enter(String name, boolean folder) {
    int slash = name.indexOf('/');
    tops.add(slash < 0 ? name : name.substring(0, slash));
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      enterFolder(name.substring(0, end));
    }
    if (folder) {
      enterFolder(name);
    } else if (files.put(Texts.key(name), name) != null) {
      throw twice(name);
    }
  }

  private void enterFolder(String name) {
    String before = folders.putIfAbsent(Texts.key(name), name);
    if (before != null && !before.equals(name)) {
      throw twice(name);
    }
  }

  private void read(ArchiveMember member, String name, InputStream content) throws IOException {
    CRC32 checksum = new CRC32();
    int read = content.read(buffer);
    while (read >= 0) {
      bytes += read;
      if (bytes > MOST_BYTES || (bytes > HARMLESS_BYTES && bytes / MOST_RATIO > packed)) {
        throw refused(ErrorKind.TOO_LARGE, "archive-bomb", "would unpack to suspiciously much");
      }
      checksum.update(buffer, 0, read);
      read = content.read(buffer);
    }
    if (member.checksum() >= 0 && checksum.getValue() != member.checksum()) {
      throw holds("archive-corrupt", "damaged content", name);
    }
  }

  private TidepoolException twice(String name) {
    return holds("archive-entry-duplicate", "a name twice", name);
  }

  private TidepoolException holds(String code, String what, String name) {
    return refused(ErrorKind.MALFORMED, code, "holds " + what + ": " + Texts.quoted(name));
  }

  private TidepoolException refused(ErrorKind kind, String code, String why) {
    return new TidepoolException(
        kind,
        code,
        "The archive " + archive + " " + why + ".",
        "Nothing of it was written. Tell whoever publishes the pack.");
  }
}
