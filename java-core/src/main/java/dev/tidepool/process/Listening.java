package dev.tidepool.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a running program prints, on a thread of its own, so that waiting can be stopped. That
 * thread closes what it reads and writes: to close a stream that is being read waits for its end.
 */
final class Listening {
  private static final int KEPT = 200;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Process process;
  private final BufferedReader out;
  private final Writer log;
  private final Consumer<String> listener;
  private final Deque<String> kept = new ArrayDeque<>();

  Listening(Process process, BufferedReader out, Writer log, Consumer<String> listener) {
    this.process = process;
    this.out = out;
    this.log = log;
    this.listener = listener;
  }

  Ended untilItEnds() throws IOException {
    CompletableFuture<@Nullable Void> heard = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(heard), "tidepool-listen");
    reader.setDaemon(true);
    reader.start();
    try {
      int code = process.waitFor();
      // Something that it left running may hold its output open for ever.
      heard.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
      return new Ended(code, lines());
    } catch (InterruptedException e) {
      ProcessTree.end(process);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a program ran");
    } catch (TimeoutException e) {
      log.flush();
      return new Ended(process.exitValue(), lines());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    }
  }

  private List<String> lines() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  private void read(CompletableFuture<@Nullable Void> heard) {
    try {
      @Nullable String line = out.readLine();
      while (line != null) {
        hear(Secrets.hidden(line));
        line = out.readLine();
      }
    } catch (IOException e) {
      // The stream of a program that was ended breaks off.
    } catch (RuntimeException e) {
      heard.completeExceptionally(e);
      ProcessTree.end(process);
    } finally {
      close(heard);
    }
  }

  private void close(CompletableFuture<@Nullable Void> heard) {
    try (out) {
      log.close();
      heard.complete(null);
    } catch (IOException e) {
      heard.completeExceptionally(e);
    }
  }

  private void hear(String line) throws IOException {
    log.write(line);
    log.write('\n');
    synchronized (kept) {
      kept.addLast(line);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }
    listener.accept(line);
  }
}
