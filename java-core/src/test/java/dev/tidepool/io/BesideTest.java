package dev.tidepool.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BesideTest {
  @Test
  void workRunsWhileItsCallerDoesSomethingElse() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch allowed = new CountDownLatch(1);
    try (Beside<String> beside =
        Beside.begin(
            "wait",
            () -> {
              begun.countDown();
              return awaited(allowed, "done");
            })) {
      begun.await();
      allowed.countDown();
      assertThat(beside.get()).isEqualTo("done");
      assertThat(beside.get()).isEqualTo("done");
    }
  }

  @Test
  void whatTheWorkThrowsReachesWhoeverAsks() {
    try (Beside<String> files = failing(new NoSuchFileException("reef"));
        Beside<String> rules = failing(new IllegalArgumentException("reef"))) {
      assertThatThrownBy(files::get).isInstanceOf(NoSuchFileException.class).hasMessage("reef");
      assertThatThrownBy(rules::get).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whoClosesEarlyWaitsForTheEndOfTheWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Beside<String> beside =
        Beside.begin(
            "wait for ever",
            () -> {
              begun.countDown();
              try {
                return awaited(new CountDownLatch(1), "never");
              } finally {
                ended.set(true);
              }
            });
    begun.await();
    beside.close();
    assertThat(ended).isTrue();
  }

  @Test
  void anInterruptEndsTheWaitingAndStays() {
    try (Beside<String> beside =
        Beside.begin("wait for ever", () -> awaited(new CountDownLatch(1), "never"))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(beside::get)
          .isInstanceOf(InterruptedIOException.class)
          .hasMessageContaining("wait for ever");
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Beside<String> failing(Exception failure) {
    return Beside.begin(
        "fail",
        () -> {
          if (failure instanceof IOException storage) {
            throw storage;
          }
          throw (RuntimeException) failure;
        });
  }

  private static String awaited(CountDownLatch latch, String answer) throws IOException {
    try {
      latch.await();
      return answer;
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
