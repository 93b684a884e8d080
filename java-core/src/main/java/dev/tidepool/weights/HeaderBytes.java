package dev.tidepool.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a file from its start on, at most {@value WeightsHeaders#MOST_BYTES}, little-endian.
 * Reading or skipping beyond them fails, whatever the length asked for. Not thread-safe.
 */
final class HeaderBytes {
  private static final int WINDOW = 1 << 16;

  private final FileChannel channel;
  private final long end;
  private final ByteBuffer window =
      ByteBuffer.allocate(WINDOW).limit(0).order(ByteOrder.LITTLE_ENDIAN);

  /** Where the window ends in the file. */
  private long read;

  HeaderBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.end = Math.min(channel.size(), WeightsHeaders.MOST_BYTES + Long.BYTES);
  }

  /** How many bytes are left. */
  long left() {
    return end - read + window.remaining();
  }

  /** Goes back to the first byte. */
  void rewind() {
    read = 0;
    window.limit(0);
  }

  int u8() throws IOException, BrokenHeaderException {
    return need(1).get() & 0xff;
  }

  /** Four bytes; from 2^31 on, negative. */
  int i32() throws IOException, BrokenHeaderException {
    return need(4).getInt();
  }

  /** Eight bytes; from 2^63 on, negative, which nothing takes as a length. */
  long i64() throws IOException, BrokenHeaderException {
    return need(8).getLong();
  }

  /** UTF-8 of so many bytes, at most some thousand. */
  String text(int length) throws IOException, BrokenHeaderException {
    ByteBuffer bytes = need(length);
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  /** Passes over bytes without reading them. */
  void skip(long count) throws BrokenHeaderException {
    check(count);
    if (count <= window.remaining()) {
      window.position(window.position() + (int) count);
    } else {
      read += count - window.remaining();
      window.limit(0);
    }
  }

  /** The next bytes as a stream that ends after so many. */
  InputStream stream(long count) throws BrokenHeaderException {
    check(count);
    return new InputStream() {
      private long left = count;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 || !(window.hasRemaining() || fill())) {
          return -1;
        }
        int taken = (int) Math.min(left, Math.min(length, window.remaining()));
        window.get(target, offset, taken);
        left -= taken;
        return taken;
      }
    };
  }

  private void check(long count) throws BrokenHeaderException {
    if (count < 0 || count > left()) {
      throw new BrokenHeaderException("it points beyond its end");
    }
  }

  private ByteBuffer need(int count) throws IOException, BrokenHeaderException {
    check(count);
    while (window.remaining() < count) {
      if (count > WINDOW || !fill()) {
        throw new BrokenHeaderException("it ended while it was read");
      }
    }
    return window;
  }

  private boolean fill() throws IOException {
    window.compact();
    int room = (int) Math.min(window.remaining(), end - read);
    window.limit(window.position() + room);
    int count = room == 0 ? -1 : channel.read(window, read);
    read += Math.max(0, count);
    window.flip();
    return count > 0;
  }
}
