package dev.tidepool.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one thread needs to hash: room for a group of input, and the group. Making one costs more
 * than hashing a small file, so they are used again.
 */
final class Desk {
  final ByteBuffer input = ByteBuffer.allocateDirect(Group.BYTES);
  final Group group = new Group(new Contest(System::nanoTime));

  /** Reads the message's group with this number, in full or what there is of it. */
  ByteBuffer read(Content content, long index) throws IOException {
    long start = index * Group.BYTES;
    input.clear().limit((int) Math.min(Group.BYTES, content.length() - start));
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
