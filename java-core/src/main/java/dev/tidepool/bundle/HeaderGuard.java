package dev.tidepool.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets a tar reader take only so much between two members: it holds long names and extended headers
 * in memory, however long they claim to be.
 */
final class HeaderGuard extends FilterInputStream {
  private static final long HEADERS = 1 << 20;

  private long allowed = HEADERS;

  HeaderGuard(InputStream in) {
    super(in);
  }

  /** From now on headers are read. */
  void headers() {
    allowed = HEADERS;
  }

  /** From now on content is read, as much as there is. */
  void content() {
    allowed = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    int read = super.read(target, start, length);
    take(read);
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    long skipped = super.skip(length);
    take(skipped);
    return skipped;
  }

  private void take(long bytes) throws IOException {
    if (bytes > 0) {
      allowed -= bytes;
      if (allowed < 0) {
        throw new IOException("the headers of a member are longer than any bundle's");
      }
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
