package dev.tidepool.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log that does not grow without end: beyond 10 MiB {@code x.log} becomes {@code x.log.1}, which
 * becomes {@code x.log.2}; older ones are gone. For one thread.
 */
public final class RotatingLog extends OutputStream {
  private static final long MOST_BYTES = 10L << 20;
  private static final int OLD_KEPT = 2;

  private final Path file;
  private final long most;
  private OutputStream out;
  private long size;

  /** Goes on writing at the end of the file, which is made with its folder when it is missing. */
  public RotatingLog(Path file) throws IOException {
    this(file, MOST_BYTES);
  }

  RotatingLog(Path file, long most) throws IOException {
    this.file = file;
    this.most = most;
    Files.createDirectories(file.resolveSibling(".").normalize());
    this.out = open();
    this.size = Files.size(file);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (size > 0 && size + length > most) {
      rotate();
    }
    out.write(bytes, offset, length);
    size += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void rotate() throws IOException {
    out.close();
    for (int i = OLD_KEPT; i >= 1; i--) {
      Path from = i == 1 ? file : old(i - 1);
      if (Files.exists(from)) {
        Files.move(from, old(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    out = open();
    size = 0;
  }

  private Path old(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
