package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.MemberNames;
import dev.tidepool.io.MemberTree;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
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
  private final MemberTree names = new MemberTree();
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
    int slash = name.indexOf('/');
    tops.add(slash < 0 ? name : name.substring(0, slash));
    if (!names.enter(name, folder)) {
      throw holds("archive-entry-duplicate", "a name twice", name);
    }
    if (!folder) {
      read(member, name, content);
    }
  }

  /** Refuses an archive without files. */
  void finish() {
    if (names.files() == 0) {
      throw refused(ErrorKind.MALFORMED, "archive-corrupt", "holds no files");
    }
  }

  /** The content of all files together, in bytes. */
  long bytes() {
    return bytes;
  }

  /** The one folder that holds everything, with a slash at its end; empty when there is none. */
  String top() {
    String only = tops.size() == 1 ? tops.iterator().next() : "";
    return only.isEmpty() || names.isFile(only) ? "" : only + "/";
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
    if (MemberNames.isGit(name)) {
      throw holds("archive-entry-git", "a git repository of its own", name);
    }
    return name;
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
