package dev.tidepool.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.function.LongConsumer;

/**
 * A body on its way: how much of it went, and when something went last. The client's threads may
 * read on for a moment after an attempt has ended, and after its answer; nobody hears of that.
 */
final class SentBody {
  private final Content content;
  private final LongConsumer sent;
  private long count;
  private int attempt;
  private boolean over;
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean whole;

  SentBody(Content content, LongConsumer sent) {
    this.content = content;
    this.sent = sent;
    this.whole = content.length() == 0;
  }

  HttpRequest.BodyPublisher publisher() {
    if (content.length() == 0) {
      return HttpRequest.BodyPublishers.noBody();
    }
    return HttpRequest.BodyPublishers.fromPublisher(
        HttpRequest.BodyPublishers.ofInputStream(this::open), content.length());
  }

  private InputStream open() {
    try {
      return new Counted(content.open(), begunAnew());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on it is on its way. */
  void begin() {
    lastNanos = System.nanoTime();
  }

  /** When something went last, as {@link System#nanoTime} tells time. */
  long lastNanos() {
    return lastNanos;
  }

  /** Whether all of it went, so that it is the server's turn. */
  boolean isWhole() {
    return whole;
  }

  /** There is an answer: what went, went. */
  synchronized void settle() {
    over = true;
  }

  /** There will be none: what went was in vain. */
  synchronized void takeBack() {
    begunAnew();
    over = true;
  }

  /** The client connects once more on its own when a connection that it kept turns out closed. */
  private synchronized int begunAnew() {
    sent.accept(-count);
    count = 0;
    return ++attempt;
  }

  private synchronized void went(int bytes, int by) {
    if (over || by != attempt) {
      return;
    }
    count += bytes;
    sent.accept(bytes);
    lastNanos = System.nanoTime();
    whole = count == content.length();
  }

  private final class Counted extends FilterInputStream {
    private final int mine;

    Counted(InputStream in, int mine) {
      super(in);
      this.mine = mine;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        went(read, mine);
      }
      return read;
    }
  }
}
