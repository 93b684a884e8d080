package dev.tidepool.hash;

import dev.tidepool.io.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What is hashed of a file: some bytes before it, and stretches of it, as one message. Thread-safe,
 * as a file channel is.
 */
final class Content implements AutoCloseable {
  /** The bytes of one window of the quick hash. */
  static final long WINDOW = 15L * 1024 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final FileStamp before;
  private final byte[] prefix;
  private final long[] starts;
  private final long stretch;

  private Content(Path file, boolean quick) throws IOException {
    this.file = file;
    this.before = stamp(file);
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    long size = before.bytes();
    this.prefix = quick ? Long.toString(size).getBytes(StandardCharsets.US_ASCII) : new byte[0];
    boolean windows = quick && size > 3 * WINDOW;
    this.starts = windows ? new long[] {0, size / 2 - WINDOW / 2, size - WINDOW} : new long[] {0};
    this.stretch = windows ? WINDOW : size;
  }

  /** The whole file. */
  static Content whole(Path file) throws IOException {
    return new Content(file, false);
  }

  /** What the quick key is made of: the size in decimal digits, and three windows or all. */
  static Content quick(Path file) throws IOException {
    return new Content(file, true);
  }

  /** The bytes of the message. */
  long length() {
    return prefix.length + starts.length * stretch;
  }

  /** The bytes of the file. */
  long size() {
    return before.bytes();
  }

  /**
   * Fills what remains of a buffer with the message from {@code position} on, which holds as much.
   *
   * @throws FileChangedException when the file ends before
   */
  void read(ByteBuffer target, long position) throws IOException {
    int end = target.limit();
    long at = position;
    if (at < prefix.length) {
      int taken = (int) Math.min(prefix.length - at, target.remaining());
      target.put(prefix, (int) at, taken);
      at += taken;
    }
    while (target.hasRemaining()) {
      long behind = at - prefix.length;
      int index = (int) Math.min(behind / Math.max(1, stretch), starts.length - 1);
      long inside = behind - index * stretch;
      target.limit((int) Math.min(end, target.position() + stretch - inside));
      int read = channel.read(target, starts[index] + inside);
      target.limit(end);
      if (read < 0) {
        throw new FileChangedException(file);
      }
      at += read;
    }
  }

  /** Makes sure that the file is still as it was when this was opened. */
  void confirm() throws IOException {
    if (!before.equals(stamp(file)) || channel.size() != before.bytes()) {
      throw new FileChangedException(file);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileStamp stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    // Opening a pipe would wait for its writer.
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "no regular file");
    }
    return FileStamp.of(attributes);
  }
}
