package dev.tidepool.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentBodyTest {
  private static final int SIZE = 1 << 20;

  private final AtomicLong told = new AtomicLong();
  private final SentBody body = new SentBody(Content.of(new byte[SIZE]), told::addAndGet);

  @Test
  void bytesAreToldOfAsTheyGo() {
    Reader reader = new Reader();
    reader.read(1);
    assertThat(told.get()).isBetween(reader.bytes, SIZE / 2L).isPositive();
    reader.read(Long.MAX_VALUE);
    assertThat(told).hasValue(SIZE);
    assertThat(body.isWhole()).isTrue();
  }

  @Test
  void whatIsReadAfterAnAttemptFailedWentNowhere() {
    Reader reader = new Reader();
    reader.read(2);
    body.takeBack();
    assertThat(told).hasValue(0);
    reader.read(Long.MAX_VALUE);
    new Reader().read(2);
    assertThat(told).hasValue(0);
    assertThat(body.isWhole()).isFalse();
  }

  @Test
  void whatIsReadAfterTheAnswerIsNotToldOf() {
    Reader reader = new Reader();
    reader.read(2);
    long before = told.get();
    body.settle();
    reader.read(Long.MAX_VALUE);
    assertThat(told).hasValue(before);
  }

  @Test
  void onlyTheLastConnectionCounts() {
    Reader first = new Reader();
    first.read(2);
    Reader second = new Reader();
    second.read(1);
    long before = told.get();
    first.read(Long.MAX_VALUE);
    assertThat(told).hasValue(before);
    second.read(Long.MAX_VALUE);
    assertThat(told).hasValue(SIZE);
  }

  /** Asks for the body as the client does. */
  private final class Reader implements Flow.Subscriber<ByteBuffer> {
    private long bytes;
    private Flow.@Nullable Subscription subscription;

    void read(long pieces) {
      if (subscription == null) {
        body.publisher().subscribe(this);
      }
      if (subscription != null) {
        subscription.request(pieces);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ByteBuffer piece) {
      bytes += piece.remaining();
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
