package dev.tidepool.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file. */
record FileContent(Path file, long from, long length) implements Content {
  @Override
  public InputStream open() throws IOException {
    return new Reading(FileChannel.open(file, StandardOpenOption.READ), from, from + length);
  }

  /** Fails where the file ends too early. For one thread. */
  private static final class Reading extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long position;

    Reading(FileChannel channel, long position, long end) {
      this.channel = channel;
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position == end) {
        return -1;
      }
      int most = (int) Math.min(length, end - position);
      int count = channel.read(ByteBuffer.wrap(bytes, offset, most), position);
      if (count < 0) {
        throw new EOFException("the file became shorter");
      }
      position += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
