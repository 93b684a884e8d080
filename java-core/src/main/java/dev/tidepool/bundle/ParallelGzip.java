package dev.tidepool.bundle;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes one member of gzip (RFC 1952) whose deflate blocks (RFC 1951) are packed on several
 * threads: the stream is cut at fixed lengths, each piece is packed for itself and ends at a whole
 * byte, and the pieces are joined in their order. So the bytes are the same for every number of
 * threads. Pieces that would gain nothing are stored as they are. For one thread.
 */
final class ParallelGzip extends OutputStream {
  private static final int PIECE = 1 << 19;
  private static final int LEVEL = 6;
  private static final int LONGEST_STORED = 65_535;
  private static final int SLACK = 1024;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final byte[] LAST_BLOCK = {1, 0, 0, (byte) 0xff, (byte) 0xff};

  private final OutputStream out;
  private final Executor workers;
  private final int ahead;
  private final Deque<CompletableFuture<byte[]>> packed = new ArrayDeque<>();
  private final CRC32 checksum = new CRC32();
  private byte[] piece = new byte[PIECE];
  private int filled;
  private long length;
  private boolean stores;

  /**
   * Begins the stream.
   *
   * @param ahead how many pieces may wait for being written
   */
  ParallelGzip(OutputStream out, Executor workers, int ahead) throws IOException {
    this.out = out;
    this.workers = workers;
    this.ahead = ahead;
    out.write(HEADER);
  }

  /** Whether what follows is stored as it is. */
  void store(boolean whether) throws IOException {
    if (stores != whether) {
      hand();
      stores = whether;
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] content, int start, int count) throws IOException {
    checksum.update(content, start, count);
    length += count;
    int from = start;
    int left = count;
    while (left > 0) {
      int part = Math.min(left, PIECE - filled);
      System.arraycopy(content, from, piece, filled, part);
      filled += part;
      from += part;
      left -= part;
      if (filled == PIECE) {
        hand();
      }
    }
  }

  /** Writes all that is left, and the end. */
  void finish() throws IOException {
    hand();
    while (!packed.isEmpty()) {
      writeNext();
    }
    out.write(LAST_BLOCK);
    writeNumber(checksum.getValue());
    writeNumber(length);
  }

  private void hand() throws IOException {
    if (filled == 0) {
      return;
    }
    byte[] full = piece;
    int count = filled;
    piece = new byte[PIECE];
    filled = 0;
    packed.add(
        stores
            ? CompletableFuture.completedFuture(stored(full, count))
            : CompletableFuture.supplyAsync(() -> deflated(full, count), workers));
    while (packed.size() > ahead) {
      writeNext();
    }
  }

  private void writeNext() throws IOException {
    try {
      out.write(packed.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while packing");
    } catch (ExecutionException e) {
      throw new IllegalStateException("packing what is in memory does not fail", e.getCause());
    }
  }

  private static byte[] stored(byte[] content, int count) {
    int blocks = (count + LONGEST_STORED - 1) / LONGEST_STORED;
    byte[] packed = new byte[count + 5 * blocks];
    int at = 0;
    for (int from = 0; from < count; from += LONGEST_STORED) {
      int part = Math.min(LONGEST_STORED, count - from);
      packed[at + 1] = (byte) part;
      packed[at + 2] = (byte) (part >> 8);
      packed[at + 3] = (byte) ~part;
      packed[at + 4] = (byte) (~part >> 8);
      System.arraycopy(content, from, packed, at + 5, part);
      at += part + 5;
    }
    return packed;
  }

  private static byte[] deflated(byte[] content, int count) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      deflater.setInput(content, 0, count);
      byte[] packed = new byte[count + (count >> 8) + SLACK];
      int at = 0;
      int written = deflater.deflate(packed, at, packed.length - at, Deflater.SYNC_FLUSH);
      while (written > 0) {
        at += written;
        if (at == packed.length) {
          packed = Arrays.copyOf(packed, packed.length * 2);
        }
        written = deflater.deflate(packed, at, packed.length - at, Deflater.SYNC_FLUSH);
      }
      return Arrays.copyOf(packed, at);
    } finally {
      deflater.end();
    }
  }

  private void writeNumber(long value) throws IOException {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write((int) (value >> shift));
    }
  }
}
