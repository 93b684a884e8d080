package dev.tidepool.model;

import dev.tidepool.hash.FileHasher;
import dev.tidepool.weights.WeightsHeader;
import dev.tidepool.weights.WeightsHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads many files at once, on threads of its own, the largest first. Results come in the order in
 * which they are ready. Closing it ends the threads soon.
 */
final class HashWork implements AutoCloseable {
  private final List<FoundFile> files;
  private final FileHasher hasher = new FileHasher(1);
  private final ExecutorService workers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final LinkedBlockingQueue<Hashed> ready = new LinkedBlockingQueue<>();

  HashWork(List<FoundFile> files, int threads) {
    this.files = new ArrayList<>(files);
    this.files.sort(HashWork::largestFirst);
    this.workers = Executors.newFixedThreadPool(threads, HashWork::daemon);
    for (int i = 0; i < threads; i++) {
      workers.execute(this::read);
    }
    workers.shutdown();
  }

  /** The next result; null when none is ready within the time. */
  @Nullable Hashed poll(long millis) throws InterruptedException {
    return ready.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** How many bytes were read since the last call. */
  long takeBytes() {
    return bytes.getAndSet(0);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private void read() {
    int at = next.getAndIncrement();
    while (at < files.size() && !Thread.currentThread().isInterrupted()) {
      ready.add(hashed(files.get(at)));
      at = next.getAndIncrement();
    }
  }

  private Hashed hashed(FoundFile file) {
    try {
      String quick = quick(file);
      // Between the walk and now it may have become another file.
      boolean same = file.isFolder() || FoundFile.isStill(file.path(), file.stamp());
      return same
          ? new Hashed(file, quick, metadata(file), null)
          : new Hashed(file, "", Metadata.NOTHING, "it changed while it was read");
    } catch (IOException e) {
      return new Hashed(file, "", Metadata.NOTHING, Reasons.of(e));
    } catch (RuntimeException | Error e) {
      // A thread that ends silently would leave its caller waiting.
      return new Hashed(file, "", Metadata.NOTHING, e.toString());
    }
  }

  private String quick(FoundFile file) throws IOException {
    if (file.parts() != null) {
      return DiffusersFolder.quick(file.parts(), hasher, bytes::addAndGet);
    }
    String quick = hasher.quick(file.path());
    bytes.addAndGet(file.quickBytes());
    return quick;
  }

  private static String metadata(FoundFile file) throws IOException {
    if (file.isFolder()) {
      return "{\"format\":\"diffusers\"}";
    }
    Optional<WeightsHeader> header = WeightsHeaders.read(file.path());
    return header.isPresent() ? Metadata.of(header.get()) : Metadata.NOTHING;
  }

  private static int largestFirst(FoundFile a, FoundFile b) {
    int sizes = Long.compare(b.quickBytes(), a.quickBytes());
    return sizes != 0 ? sizes : a.relative().compareTo(b.relative());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tidepool-hash");
    thread.setDaemon(true);
    return thread;
  }
}
