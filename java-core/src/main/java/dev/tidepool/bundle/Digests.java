package dev.tidepool.bundle;

import dev.tidepool.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What a manifest says of its members, worked out on several threads. */
final class Digests {
  private static final int BUFFER = 1 << 16;

  private Digests() {}

  /** One for each source, in their order. */
  static List<BundleMember> of(List<BundleSource> sources, ExecutorService workers)
      throws IOException {
    List<Callable<BundleMember>> tasks = new ArrayList<>();
    sources.forEach(source -> tasks.add(() -> digested(source)));
    List<BundleMember> members = new ArrayList<>();
    try {
      for (Future<BundleMember> member : workers.invokeAll(tasks)) {
        members.add(member.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while digesting");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("digesting does not fail", e.getCause());
    }
    return members;
  }

  private static BundleMember digested(BundleSource source) throws IOException {
    if (source.digested().isPresent()) {
      return source.digested().get();
    }
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream in = source.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
      }
    }
    return new BundleMember(source.path(), size, Sha256.end(digest));
  }
}
