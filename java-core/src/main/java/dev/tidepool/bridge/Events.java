package dev.tidepool.bridge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of what Python shall hear: bounded, so that nobody listening costs no memory.
 *
 * <p>When log lines arrive faster than they are taken, the oldest go and one line says how many.
 * Progress is kept as the newest state per token and is never dropped. Publishing never blocks.
 * Safe for use by any number of threads.
 */
final class Events {
  static final int DEFAULT_CAPACITY = 1000;

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Event.LogLine> lines = new ArrayDeque<>();
  private final Map<String, Event.Advance> advances = new LinkedHashMap<>();
  private long dropped;
  private boolean closed;

  Events(int capacity) {
    this.capacity = capacity;
  }

  /**
   * What one take found, in order: progress last, so that the lines of a finished operation come
   * before its end.
   */
  record Batch(List<Event> events, boolean closed) {}

  void publish(Event event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (event instanceof Event.Advance advance) {
        advances.put(advance.token(), advance);
      } else if (event instanceof Event.LogLine line) {
        if (lines.size() == capacity) {
          lines.removeFirst();
          dropped++;
        }
        lines.addLast(line);
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something, the queue is closed, or the time is over; interrupting ends the
   * waiting too.
   */
  Batch take(Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (lines.isEmpty() && advances.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return drain();
  }

  /** Lets every waiting take return; what is queued can still be taken, nothing new is accepted. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Batch drain() {
    lock.lock();
    try {
      List<Event> batch = new ArrayList<>(lines.size() + advances.size() + 1);
      if (dropped > 0) {
        batch.add(new Event.LogLine("WARNING", "dev.tidepool.bridge", "lines_lost=" + dropped));
        dropped = 0;
      }
      batch.addAll(lines);
      lines.clear();
      batch.addAll(advances.values());
      advances.clear();
      return new Batch(List.copyOf(batch), closed);
    } finally {
      lock.unlock();
    }
  }
}
