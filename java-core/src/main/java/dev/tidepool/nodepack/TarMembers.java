package dev.tidepool.nodepack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** The entries of a gzipped tar file (POSIX ustar and pax, GNU names). */
final class TarMembers {
  private static final int BUFFER = 1 << 16;
  private static final int EXECUTABLE = 0111;

  /** The type flags of plain files. */
  private static final String FILES =
      new String(
          new byte[] {TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG},
          StandardCharsets.US_ASCII);

  private TarMembers() {}

  static void read(Path archive, ArchiveFormat.Visitor visitor) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        InputStream unzipped = new GZIPInputStream(raw, BUFFER);
        TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, "UTF-8")) {
      @Nullable TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        if (!entry.isPaxHeader() && !entry.isGlobalPaxHeader()) {
          visitor.visit(member(entry), tar);
        }
        entry = tar.getNextEntry();
      }
      // What is cut off behind the last entry shows only here, in gzip's own checksum.
      unzipped.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IllegalArgumentException e) {
      // How the library says it of some broken headers.
      throw new IOException(e);
    }
  }

  private static ArchiveMember member(TarArchiveEntry entry) {
    ArchiveMember.Kind kind = ArchiveMember.Kind.OTHER;
    if (entry.isDirectory()) {
      kind = ArchiveMember.Kind.FOLDER;
    } else if (FILES.indexOf(entry.getLinkFlag()) >= 0 && !entry.isSparse()) {
      kind = ArchiveMember.Kind.FILE;
    }
    return new ArchiveMember(entry.getName(), kind, (entry.getMode() & EXECUTABLE) != 0, -1);
  }
}
