package dev.tidepool.bundle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** The members of a gzipped tar file (RFC 1952; POSIX ustar and pax, GNU names), one by one. */
final class TarGzReader {
  private static final int BUFFER = 1 << 16;

  private TarGzReader() {}

  /** Hears of each member in the archive's order, and reads its content to the end. */
  interface Visitor {
    /** A file. */
    void file(String name, InputStream content) throws IOException;

    /** A folder. */
    void folder(String name) throws IOException;

    /** A link, a device, or anything else that is neither. */
    void other(String name) throws IOException;
  }

  /**
   * Reads the whole file.
   *
   * @throws IOException also when it is damaged or cut off
   */
  static void read(Path archive, Visitor visitor) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        HeaderGuard unzipped = new HeaderGuard(new GZIPInputStream(raw, BUFFER));
        TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, "UTF-8")) {
      @Nullable TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        unzipped.content();
        visit(entry, tar, visitor);
        unzipped.headers();
        entry = tar.getNextEntry();
      }
      // What is cut off behind the last member shows only here, in gzip's own checksum.
      unzipped.transferTo(OutputStream.nullOutputStream());
    } catch (IllegalArgumentException e) {
      // How the library says it of some broken headers.
      throw new IOException(e);
    }
  }

  private static void visit(TarArchiveEntry entry, InputStream content, Visitor visitor)
      throws IOException {
    byte flag = entry.getLinkFlag();
    if (entry.isDirectory()) {
      visitor.folder(entry.getName());
    } else if ((flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM)
        && !entry.isSparse()) {
      visitor.file(entry.getName(), content);
    } else {
      visitor.other(entry.getName());
    }
  }
}
