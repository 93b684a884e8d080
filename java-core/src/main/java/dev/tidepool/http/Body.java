package dev.tidepool.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an answer with a limit on how long nothing may come: the client's own time
 * limit ends with the headers.
 */
final class Body implements Flow.Subscriber<List<ByteBuffer>> {
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final Duration patience;
  private Flow.@Nullable Subscription subscription;

  Body(Duration patience) {
    this.patience = patience;
  }

  /** What came: bytes, the end, or a failure. */
  private record Piece(List<ByteBuffer> bytes, boolean end, @Nullable Throwable failure) {}

  /** Hears of bytes as they come. */
  interface Received {
    void bytes(int count) throws IOException;
  }

  /**
   * Copies the whole body.
   *
   * @param received hears of every piece before it is written, and may refuse
   */
  static void copy(
      Flow.Publisher<List<ByteBuffer>> source,
      OutputStream target,
      Duration patience,
      Received received)
      throws IOException, InterruptedException {
    Body body = new Body(patience);
    source.subscribe(body);
    try {
      while (body.next(target, received)) {
        body.more();
      }
    } finally {
      body.cancel();
    }
  }

  private boolean next(OutputStream target, Received received)
      throws IOException, InterruptedException {
    @Nullable Piece piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (piece == null) {
      throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " seconds");
    }
    if (piece.failure() != null) {
      throw new IOException(piece.failure().getMessage(), piece.failure());
    }
    for (ByteBuffer buffer : piece.bytes()) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.bytes(bytes.length);
      target.write(bytes);
    }
    return !piece.end();
  }

  private synchronized void more() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private synchronized void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    pieces.add(new Piece(item, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), true, null));
  }
}
