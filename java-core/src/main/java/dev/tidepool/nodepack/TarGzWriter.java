package dev.tidepool.nodepack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs files into a tar.gz, quickly rather than small; the same files give the same bytes. */
final class TarGzWriter {
  private static final int BUFFER = 1 << 16;
  private static final int FILE = 0100644;
  private static final int PROGRAM = 0100755;

  private TarGzWriter() {}

  /** Writes a new file, and that to the device. */
  static void write(PackFiles files, Path target) throws IOException {
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream raw = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      try (OutputStream zipped = new Quick(raw);
          TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped, "UTF-8")) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (PackFiles.PackFile each : files.files()) {
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while packing");
          }
          add(each, tar);
        }
        tar.finish();
        ((Quick) zipped).finish();
        raw.flush();
        channel.force(true);
      }
    }
  }

  private static void add(PackFiles.PackFile each, TarArchiveOutputStream tar) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(each.name());
    entry.setSize(Files.size(each.file()));
    entry.setMode(Files.isExecutable(each.file()) ? PROGRAM : FILE);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    Files.copy(each.file(), tar);
    tar.closeArchiveEntry();
  }

  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
