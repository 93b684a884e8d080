package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The entries of a zip file, by its central directory (APPNOTE 4.3.12). */
final class ZipMembers {
  private static final int EXECUTABLE = 0111;
  private static final Set<Integer> METHODS = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);

  private ZipMembers() {}

  static void read(Path archive, ArchiveFormat.Visitor visitor) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        if (!METHODS.contains(entry.getMethod()) || !zip.canReadEntryData(entry)) {
          throw unreadable(archive, entry);
        }
        try (InputStream content = zip.getInputStream(entry)) {
          visitor.visit(member(entry), content);
        }
      }
    } catch (IllegalArgumentException e) {
      // How the library says it of some broken records.
      throw new IOException(e);
    }
  }

  private static ArchiveMember member(ZipArchiveEntry entry) {
    int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
    ArchiveMember.Kind kind = ArchiveMember.Kind.OTHER;
    if (entry.isDirectory()) {
      kind = ArchiveMember.Kind.FOLDER;
    } else if (type == 0 || type == UnixStat.FILE_FLAG) {
      kind = ArchiveMember.Kind.FILE;
    }
    boolean executable = (entry.getUnixMode() & EXECUTABLE) != 0;
    return new ArchiveMember(entry.getName(), kind, executable, entry.getCrc());
  }

  private static TidepoolException unreadable(Path archive, ZipArchiveEntry entry) {
    boolean encrypted = entry.getGeneralPurposeBit().usesEncryption();
    return new TidepoolException(
        ErrorKind.UNSUPPORTED,
        encrypted ? "archive-encrypted" : "archive-method-unsupported",
        "The archive "
            + archive.getFileName()
            + " holds an entry that is "
            + (encrypted ? "encrypted" : "packed in an unknown way")
            + ": "
            + Texts.quoted(entry.getName())
            + ".");
  }
}
