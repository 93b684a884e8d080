package dev.tidepool.nodepack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kinds of archive that packs come in, told by how the file begins. */
enum ArchiveFormat {
  ZIP {
    @Override
    void read(Path archive, Visitor visitor) throws IOException {
      ZipMembers.read(archive, visitor);
    }
  },
  TAR_GZ {
    @Override
    void read(Path archive, Visitor visitor) throws IOException {
      TarMembers.read(archive, visitor);
    }
  };

  /** Hears of each entry in turn. */
  interface Visitor {
    /** The content may be read until this returns. */
    void visit(ArchiveMember member, InputStream content) throws IOException;
  }

  /** The format of a file; nothing when it is none of them. */
  static Optional<ArchiveFormat> of(Path archive) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(archive)) {
      start = in.readNBytes(4);
    }
    if (start.length >= 4 && start[0] == 'P' && start[1] == 'K') {
      return Optional.of(ZIP);
    }
    boolean gzip = start.length >= 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    return gzip ? Optional.of(TAR_GZ) : Optional.empty();
  }

  /** Shows every entry to the visitor, in the archive's order. */
  abstract void read(Path archive, Visitor visitor) throws IOException;
}
