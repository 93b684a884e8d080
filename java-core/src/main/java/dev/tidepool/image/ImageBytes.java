package dev.tidepool.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * A stretch of a file, read at any place through one small window.
 *
 * <p>However the content lies, work and memory are bounded: a read outside the stretch fails, and
 * all stretches of one file share an allowance of {@value #ALLOWANCE} bytes. Numbers are unsigned.
 * Not thread-safe.
 */
final class ImageBytes {
  /** Enough for 4096 jumps, such as a JPEG with 256 MiB of metadata before its size. */
  private static final int ALLOWANCE = 1 << 20;

  /**
   * A jump costs one system call whatever it reads; headers rarely need more than this at one
   * place.
   */
  private static final int WINDOW = 256;

  private final Window window;
  private final long start;
  private final long length;

  private ImageBytes(Window window, long start, long length) {
    this.window = window;
    this.start = start;
    this.length = length;
  }

  /** The whole file, as long as it is now. The channel stays the caller's. */
  static ImageBytes of(FileChannel channel) throws IOException {
    return new ImageBytes(new Window(channel), 0, channel.size());
  }

  /** The number of bytes in this stretch. */
  long length() {
    return length;
  }

  /** Whether {@code count} bytes lie at {@code at}. */
  boolean holds(long at, long count) {
    return at >= 0 && count >= 0 && at <= length && count <= length - at;
  }

  /** The stretch of {@code count} bytes at {@code at}. */
  ImageBytes slice(long at, long count) throws BrokenHeaderException {
    check(at, count);
    return new ImageBytes(window, start + at, count);
  }

  /** All from {@code at} on. */
  ImageBytes from(long at) throws BrokenHeaderException {
    return slice(at, length - at);
  }

  /** Whether these Latin-1 characters stand at {@code at}; false when the stretch ends before. */
  boolean reads(long at, String characters) throws IOException, BrokenHeaderException {
    byte[] expected = characters.getBytes(StandardCharsets.ISO_8859_1);
    if (!holds(at, expected.length)) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (u8(at + i) != (expected[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  int u8(long at) throws IOException, BrokenHeaderException {
    check(at, 1);
    return window.at(start + at, 1, ByteOrder.BIG_ENDIAN).get() & 0xff;
  }

  int u16(long at, ByteOrder order) throws IOException, BrokenHeaderException {
    check(at, 2);
    return window.at(start + at, 2, order).getShort() & 0xffff;
  }

  long u32(long at, ByteOrder order) throws IOException, BrokenHeaderException {
    check(at, 4);
    return window.at(start + at, 4, order).getInt() & 0xffff_ffffL;
  }

  /**
   * Eight bytes; 2^63 and more come out negative, which no check here lets through as a place or a
   * length.
   */
  long u64(long at, ByteOrder order) throws IOException, BrokenHeaderException {
    check(at, 8);
    return window.at(start + at, 8, order).getLong();
  }

  private void check(long at, long count) throws BrokenHeaderException {
    if (!holds(at, count)) {
      throw new BrokenHeaderException("it ends too early or points beyond its end");
    }
  }

  /** The bytes read last, shared by all stretches of one file. */
  private static final class Window {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(WINDOW).limit(0);
    private long start;
    private int allowance = ALLOWANCE;

    Window(FileChannel channel) {
      this.channel = channel;
    }

    /**
     * The buffer, positioned at a place of the file from which {@code count} bytes can be taken.
     */
    ByteBuffer at(long position, int count, ByteOrder order)
        throws IOException, BrokenHeaderException {
      boolean inside = position >= start && position + count <= start + buffer.limit();
      if (!inside) {
        fill(position, count);
      }
      return buffer.position((int) (position - start)).order(order);
    }

    private void fill(long position, int count) throws IOException, BrokenHeaderException {
      allowance -= WINDOW;
      if (allowance < 0) {
        throw new BrokenHeaderException("its header is scattered too widely");
      }
      buffer.clear();
      start = position;
      int read;
      do {
        read = channel.read(buffer, start + buffer.position());
      } while (read > 0 && buffer.position() < count);
      buffer.flip();
      if (buffer.limit() < count) {
        throw new BrokenHeaderException("it ended while it was read");
      }
    }
  }
}
