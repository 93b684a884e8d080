package dev.tidepool.hash;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * BLAKE3 of one message on several threads. Each reads and hashes the next group that nobody has
 * taken; the groups' values go to the tree in their order. The last group is the caller's.
 */
final class ParallelHash {
  private final Content content;
  private final Desk.Pool desks;
  private final LongConsumer bytesRead;
  private final long groups;
  private final Tree tree = new Tree();
  private final Map<Long, int[]> early = new HashMap<>();
  private long taken;
  private long joined;
  private @Nullable Throwable failure;

  ParallelHash(Content content, Desk.Pool desks, LongConsumer bytesRead) {
    this.content = content;
    this.desks = desks;
    this.bytesRead = bytesRead;
    this.groups = Math.max(1, (content.length() + Group.BYTES - 1) / Group.BYTES);
  }

  /** The digest of the message, eight words; on at most so many threads. */
  int[] digest(int threads) throws IOException {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, groups - 1); i++) {
      Thread helper = new Thread(this::help, "tidepool-hash-" + i);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
    Desk desk = desks.take();
    try {
      work(desk);
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
    join(helpers);
    refuseFailure();
    int[] words = groups == 1 ? desk.root(content) : tree.root(desk.value(content, groups - 1));
    bytesRead.accept(content.length() - (groups - 1) * Group.BYTES);
    desks.giveBack(desk);
    return words;
  }

  private void help() {
    Desk desk = desks.take();
    try {
      work(desk);
      desks.giveBack(desk);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void work(Desk desk) throws IOException {
    for (long index = next(); index >= 0; index = next()) {
      done(index, desk.value(content, index));
    }
  }

  private synchronized long next() {
    return failure == null && taken < groups - 1 ? taken++ : -1;
  }

  private synchronized void done(long index, int[] value) {
    early.put(index, value);
    for (int[] next = early.remove(joined); next != null; next = early.remove(joined)) {
      tree.add(next, Group.CHUNKS);
      joined++;
    }
    bytesRead.accept(Group.BYTES);
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  private void join(List<Thread> helpers) {
    boolean interrupted = false;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
          fail(new ClosedByInterruptException());
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void refuseFailure() throws IOException {
    if (failure instanceof ClosedChannelException && Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException("hashing failed", failure);
    }
  }
}
