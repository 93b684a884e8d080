package dev.tidepool.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * BLAKE3, the plain hash with 32 bytes of output, after <a
 * href="https://github.com/BLAKE3-team/BLAKE3-specs/blob/master/blake3.pdf">the BLAKE3 paper</a>.
 *
 * <pre>{@code
 * Blake3 hash = new Blake3();
 * hash.update(bytes, 0, bytes.length);
 * HexFormat.of().formatHex(hash.digest())
 * }</pre>
 *
 * Holds at most 2.7 MiB whatever the length of the message. Not thread-safe.
 */
public final class Blake3 {
  private static final int FIRST_ROOM = 16 * 1024;

  private final Group group;
  private final Tree tree = new Tree();
  private byte[] pending = new byte[FIRST_ROOM];
  private int filled;

  /** A hash of nothing yet. */
  public Blake3() {
    this(new Group(new Contest(System::nanoTime)));
  }

  Blake3(Group group) {
    this.group = group;
  }

  /**
   * Adds {@code length} bytes from {@code offset} on to the message.
   *
   * @throws IndexOutOfBoundsException when they do not lie in the array
   */
  public void update(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == Group.BYTES) {
        add(ByteBuffer.wrap(pending, 0, filled));
        filled = 0;
      }
      if (filled == 0 && left > Group.BYTES) {
        add(ByteBuffer.wrap(bytes, at, Group.BYTES));
        at += Group.BYTES;
        left -= Group.BYTES;
      } else {
        int taken = Math.min(left, Group.BYTES - filled);
        keep(bytes, at, taken);
        at += taken;
        left -= taken;
      }
    }
  }

  /** The digest of the message so far, 32 bytes. More may be added afterwards. */
  public byte[] digest() {
    ByteBuffer last = ByteBuffer.wrap(pending, 0, filled);
    return bytes(tree.isEmpty() ? group.root(last) : tree.root(group.value(last, tree.chunks())));
  }

  private void keep(byte[] bytes, int at, int length) {
    if (length > pending.length - filled) {
      int room = Math.max(filled + length, Math.min(2 * pending.length, Group.BYTES));
      pending = Arrays.copyOf(pending, room);
    }
    System.arraycopy(bytes, at, pending, filled, length);
    filled += length;
  }

  private void add(ByteBuffer bytes) {
    tree.add(group.value(bytes, tree.chunks()), Group.CHUNKS);
  }

  /** Eight words as the bytes of a digest. */
  static byte[] bytes(int[] words) {
    ByteBuffer digest = ByteBuffer.allocate(words.length * Integer.BYTES);
    digest.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(words);
    return digest.array();
  }
}
