package dev.tidepool.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * BLAKE3 and SHA-256 of one message in one pass: the calling thread reads and takes the SHA-256,
 * which has no parts that could be shared out, while another one takes the BLAKE3.
 */
final class BothDigests {
  /** How many groups may wait for their BLAKE3. */
  private static final int AHEAD = 2;

  private final Content content;
  private final Desk.Pool desks;
  private final MessageDigest sha256;
  private final LongConsumer bytesRead;
  private final Tree tree = new Tree();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  BothDigests(Content content, Desk.Pool desks, MessageDigest sha256, LongConsumer bytesRead) {
    this.content = content;
    this.desks = desks;
    this.sha256 = sha256;
    this.bytesRead = bytesRead;
  }

  /** Feeds the SHA-256, and answers with the BLAKE3: eight words; on at most so many threads. */
  int[] digest(int threads) throws IOException {
    long last = Math.max(0, content.length() - 1) / Group.BYTES;
    Desk desk = desks.take();
    if (threads == 1 || last < AHEAD) {
      for (long index = 0; index < last; index++) {
        ByteBuffer input = read(desk, index);
        sha256.update(input.duplicate());
        tree.add(desk.group.value(input, tree.chunks()), Group.CHUNKS);
      }
    } else {
      overlap(desk.group, last);
    }
    ByteBuffer input = read(desk, last);
    sha256.update(input.duplicate());
    int[] words =
        last == 0 ? desk.group.root(input) : tree.root(desk.group.value(input, tree.chunks()));
    desks.giveBack(desk);
    return words;
  }

  private void overlap(Group group, long groups) throws IOException {
    ExecutorService helper = Executors.newSingleThreadExecutor(BothDigests::thread);
    try {
      for (long index = 0; index < groups; index++) {
        Desk desk = waiting.size() < AHEAD ? desks.take() : joined(waiting.remove());
        ByteBuffer input = read(desk, index);
        ByteBuffer same = input.duplicate();
        long counter = index * Group.CHUNKS;
        waiting.add(new Waiting(desk, helper.submit(() -> group.value(same, counter))));
        sha256.update(input);
      }
      while (!waiting.isEmpty()) {
        desks.giveBack(joined(waiting.remove()));
      }
    } finally {
      helper.shutdownNow();
    }
  }

  private ByteBuffer read(Desk desk, long index) throws IOException {
    ByteBuffer input = desk.read(content, index);
    bytesRead.accept(input.remaining());
    return input;
  }

  private Desk joined(Waiting next) throws IOException {
    try {
      tree.add(next.value().get(), Group.CHUNKS);
      return next.desk();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      throw new IllegalStateException("hashing failed", e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tidepool-hash-both");
    thread.setDaemon(true);
    return thread;
  }

  /** A group that is read and whose value is not known yet. */
  private record Waiting(Desk desk, Future<int[]> value) {}
}
