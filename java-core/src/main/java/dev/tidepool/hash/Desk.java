package dev.tidepool.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to hash: room for input, and the group. Making one costs more than hashing
 * a small file, so they are used again.
 */
final class Desk {
  private static final int LINE = 64;

  final Group group = new Group(new Contest(System::nanoTime));

  /** So small that what was read is in the processor's fast cache still when it is taken. */
  private final ByteBuffer piece = room(Group.BATCH);

  private @Nullable ByteBuffer whole;

  /** Reads the message's group with this number, in full or what there is of it. */
  ByteBuffer read(Content content, long index) throws IOException {
    ByteBuffer input = whole;
    if (input == null) {
      input = room(Group.BYTES);
      whole = input;
    }
    long start = index * Group.BYTES;
    return filled(input, content, start, Math.min(start + Group.BYTES, content.length()));
  }

  /** Reads and hashes the group with this number, which is not the whole message. */
  int[] value(Content content, long index) throws IOException {
    return group.value(chunks(content, index, 0));
  }

  /** Reads and hashes a message of only one group. */
  int[] root(Content content) throws IOException {
    return group.root(chunks(content, 0, Group.rootFlag(content.length())));
  }

  private int chunks(Content content, long index, int flags) throws IOException {
    long at = index * Group.BYTES;
    long end = Math.min(at + Group.BYTES, content.length());
    int done = 0;
    do {
      ByteBuffer input = filled(piece, content, at, end);
      at += input.remaining();
      done += group.take(input, index * Group.CHUNKS, done, flags);
    } while (at < end);
    return done;
  }

  /** From a line of the processor's cache on: some copy a file four times as fast to there. */
  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocateDirect(bytes + LINE).alignedSlice(LINE).limit(bytes).slice();
  }

  private static ByteBuffer filled(ByteBuffer input, Content content, long start, long end)
      throws IOException {
    input.clear().limit((int) Math.min(input.capacity(), end - start));
    content.read(input, start);
    return input.flip();
  }

  /** Desks that nobody uses now. Thread-safe. */
  static final class Pool {
    private final Queue<Desk> free = new ConcurrentLinkedQueue<>();

    Desk take() {
      Desk desk = free.poll();
      return desk == null ? new Desk() : desk;
    }

    void giveBack(Desk desk) {
      free.add(desk);
    }
  }
}
