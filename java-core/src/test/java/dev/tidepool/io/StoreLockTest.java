package dev.tidepool.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  private static final int TURNS = 200;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final StoreLocks locks = new StoreLocks();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void threadsHoldItOneAfterTheOther() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    List<Future<Boolean>> alone = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      alone.add(threads.submit(() -> holdAlone(holders)));
    }

    for (Future<Boolean> result : alone) {
      assertThat(result.get()).isTrue();
    }
  }

  private boolean holdAlone(AtomicInteger holders) throws IOException {
    boolean alone = true;
    for (int i = 0; i < TURNS; i++) {
      alone &=
          lock()
              .holding(
                  () -> {
                    boolean only = holders.incrementAndGet() == 1;
                    holders.decrementAndGet();
                    return only;
                  });
    }
    return alone;
  }

  @Test
  void aFolderHasOneLockHoweverItIsNamed() {
    assertThat(locks.of(folder.resolve("x").resolve(".."))).isSameAs(locks.of(folder));
  }

  /**
   * Two processes and two threads of this one count in a file, which loses counts without a lock.
   */
  @Test
  void processesAndThreadsLoseNoCount() throws Exception {
    Path count = Files.writeString(folder.resolve("count"), "0");
    try (ChildJvm first = ChildJvm.start(Counter.class, folder);
        ChildJvm second = ChildJvm.start(Counter.class, folder)) {
      first.expect("ready");
      second.expect("ready");
      first.send("go");
      second.send("go");
      Future<Boolean> third = threads.submit(() -> Counter.count(lock(), count));
      Counter.count(lock(), count);
      third.get();
      first.expect("done");
      second.expect("done");
    }

    assertThat(Files.readString(count)).isEqualTo(String.valueOf(4 * TURNS));
  }

  @Test
  void aThreadMayHoldItTwice() throws Exception {
    String answer = lock().holding(() -> lock().holding(() -> "inner"));

    assertThat(answer).isEqualTo("inner");
  }

  @Test
  void theInnerReleaseKeepsOthersOut() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, folder)) {
      child.expect("ready");
      lock()
          .holding(
              () -> {
                lock().holding(() -> true);
                child.send("hold");
                child.expect("waiting");
                Files.writeString(folder.resolve("order"), "first ");
                return true;
              });
      child.expect("held");
    }

    assertThat(Files.readString(folder.resolve("order"))).isEqualTo("first second");
  }

  @Test
  void aFailureReleasesIt() throws Exception {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                lock()
                    .holding(
                        () -> {
                          throw new IOException("on purpose");
                        }));

    assertThat(threads.submit(() -> lock().holding(() -> "free")).get()).isEqualTo("free");
  }

  @Test
  void theDeathOfItsHolderReleasesIt() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, folder)) {
      child.expect("ready");
      child.send("hold");
      child.expect("waiting");
      child.expect("held");
      Future<String> waiting = threads.submit(() -> lock().holding(() -> "ours"));
      child.kill();
      assertThat(waiting.get()).isEqualTo("ours");
      assertThat(child.exitCode()).isNotZero();
    }
  }

  @Test
  void anInterruptEndsTheWaitForAnotherProcess() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, folder)) {
      child.expect("ready");
      child.send("hold");
      child.expect("waiting");
      child.expect("held");
      assertInterruptEndsTheWait();
    }

    assertThat(lock().holding(() -> "free")).isEqualTo("free");
  }

  @Test
  void anInterruptEndsTheWaitForAnotherThread() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    Future<String> holder =
        threads.submit(
            () ->
                lock()
                    .holding(
                        () -> {
                          held.countDown();
                          awaitQuietly(enough);
                          return "done";
                        }));
    held.await();
    assertInterruptEndsTheWait();
    enough.countDown();

    assertThat(holder.get()).isEqualTo("done");
    assertThat(threads.submit(() -> lock().holding(() -> "free")).get()).isEqualTo("free");
  }

  private void assertInterruptEndsTheWait() throws Exception {
    FutureTask<Boolean> waiting =
        new FutureTask<>(
            () -> {
              assertThatExceptionOfType(InterruptedIOException.class)
                  .isThrownBy(() -> lock().holding(() -> "never"));
              return Thread.interrupted();
            });
    Thread waiter = new Thread(waiting);
    waiter.start();
    while (waiter.isAlive() && waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    waiter.interrupt();

    assertThat(waiting.get()).as("the thread stays interrupted").isTrue();
  }

  private StoreLock lock() {
    return locks.of(folder);
  }

  private static void awaitQuietly(CountDownLatch latch) throws InterruptedIOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** Holds the lock from the line {@code hold} until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      System.out.println("ready");
      System.in.read(new byte["hold\n".length()]);
      System.out.println("waiting");
      new StoreLocks()
          .of(folder)
          .holding(
              () -> {
                append(folder.resolve("order"), "second");
                System.out.println("held");
                return System.in.read();
              });
    }
  }

  private static void append(Path file, String text) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    Files.writeString(file, before + text);
  }

  /** Counts in the file {@code count} from the line {@code go} on. */
  static final class Counter {
    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      System.out.println("ready");
      System.in.read(new byte["go\n".length()]);
      count(new StoreLocks().of(folder), folder.resolve("count"));
      System.out.println("done");
    }

    static boolean count(StoreLock lock, Path file) throws IOException {
      for (int i = 0; i < TURNS; i++) {
        lock.holding(
            () -> {
              int before = Integer.parseInt(Files.readString(file, StandardCharsets.UTF_8));
              return Files.writeString(file, String.valueOf(before + 1));
            });
      }
      return true;
    }
  }
}
