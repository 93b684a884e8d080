package dev.tidepool.profile;

import dev.tidepool.io.Progress;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import net.lingala.zip4j.headers.HeaderWriter;
import net.lingala.zip4j.io.outputstream.SplitOutputStream;
import net.lingala.zip4j.io.outputstream.ZipOutputStream;
import net.lingala.zip4j.model.FileHeader;
import net.lingala.zip4j.model.ZipModel;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.CompressionLevel;
import net.lingala.zip4j.model.enums.CompressionMethod;
import net.lingala.zip4j.util.RawIO;

/**
 * Writes a zip archive whose bytes depend on nothing but names and contents: no times, no order of
 * a folder. Each file is read once; sizes and checksums are entered into the local headers at the
 * end, so that readers of streams understand the archive too (APPNOTE 4.4.4, bit 3 unset).
 */
final class ArchiveWriter implements Closeable {
  private static final int BUFFER = 1 << 18;

  /** 1980-01-01 00:00 (APPNOTE 4.4.6). The library computes with the calendar of the locale. */
  private static final long DOS_TIME = 1 << 21 | 1 << 16;

  private static final int TIME_IN_LOCAL_HEADER = 10;
  private static final long LARGEST_DEFLATED = 64L << 20;

  /** A reader takes an entry that unpacks to more than this for a bomb. */
  static final int HIGHEST_RATIO = 100;

  private final Path file;
  private final ZipOutputStream zip;
  private final List<FileHeader> written = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];

  ArchiveWriter(Path file) throws IOException {
    this.file = file;
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    this.zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
  }

  void add(String name, byte[] content) throws IOException {
    try (InputStream in = new ByteArrayInputStream(content)) {
      write(parameters(name, content.length, true), in, Progress.none());
    }
  }

  void addFolder(String name) throws IOException {
    zip.putNextEntry(parameters(name + "/", 0, false));
    written.add(zip.closeEntry());
  }

  void add(String name, Path source, long size, Progress progress) throws IOException {
    boolean deflate = !ArchiveRules.compressed(name) && gains(source, size);
    try (InputStream in = Files.newInputStream(source)) {
      write(parameters(name, size, deflate), in, progress);
    }
  }

  private void write(ZipParameters parameters, InputStream in, Progress progress)
      throws IOException {
    zip.putNextEntry(parameters);
    int read = in.read(buffer);
    while (read >= 0) {
      zip.write(buffer, 0, read);
      progress.advance(read);
      read = in.read(buffer);
    }
    written.add(zip.closeEntry());
  }

  /** Whether deflating helps, and not so much that the entry would be taken for a bomb. */
  private boolean gains(Path source, long size) throws IOException {
    if (size > LARGEST_DEFLATED) {
      return false;
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    byte[] out = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(source)) {
      int read = in.read(buffer);
      while (read >= 0) {
        deflater.setInput(buffer, 0, read);
        while (!deflater.needsInput()) {
          deflater.deflate(out);
        }
        read = in.read(buffer);
      }
      deflater.finish();
      while (!deflater.finished()) {
        deflater.deflate(out);
      }
      long packed = deflater.getBytesWritten();
      return packed < size && packed * HIGHEST_RATIO > size;
    } finally {
      deflater.end();
    }
  }

  private static ZipParameters parameters(String name, long size, boolean deflate) {
    ZipParameters parameters = new ZipParameters();
    parameters.setFileNameInZip(name);
    parameters.setEntrySize(size);
    parameters.setCompressionMethod(deflate ? CompressionMethod.DEFLATE : CompressionMethod.STORE);
    parameters.setCompressionLevel(CompressionLevel.FASTEST);
    parameters.setWriteExtendedLocalFileHeader(false);
    // Becomes DOS_TIME under most calendars and zones; close() makes sure of it.
    parameters.setLastModifiedFileTime(1);
    return parameters;
  }

  @Override
  public void close() throws IOException {
    List<FileHeader> dated =
        written.stream().filter(header -> header.getLastModifiedTime() != DOS_TIME).toList();
    dated.forEach(header -> header.setLastModifiedTime(DOS_TIME));
    zip.close();
    ZipModel model = new ZipModel();
    try (SplitOutputStream out = new SplitOutputStream(file.toFile())) {
      HeaderWriter headers = new HeaderWriter();
      RawIO raw = new RawIO();
      for (FileHeader header : written) {
        headers.updateLocalFileHeader(header, model, out);
      }
      for (FileHeader header : dated) {
        out.seek(header.getOffsetLocalHeader() + TIME_IN_LOCAL_HEADER);
        raw.writeIntLittleEndian(out, (int) DOS_TIME);
      }
    }
  }
}
