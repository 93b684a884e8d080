package dev.tidepool.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a ComfyUI's source is on this machine: a folder as it is, any other source once fetched by
 * the command {@code tidepool fetch} and kept in the user's cache.
 */
public final class SourceFolder {
  private SourceFolder() {}

  /** Work that nobody else may do meanwhile. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * The folder with {@code main.py}. The system property {@code tidepool.launcher} names Tidepool's
   * launcher, which any source but a folder needs.
   *
   * @param source a folder, a git URL with {@code @REF} where wanted, {@code pypi:NAME==VERSION},
   *     or a {@code .tar.gz}; a branch is fetched once, and later runs take what was fetched
   * @throws IllegalStateException when it is not there
   * @throws UncheckedIOException when it cannot be fetched
   */
  public static Path of(String source) {
    return of(
        source,
        Optional.ofNullable(System.getProperty("tidepool.launcher")).map(Path::of),
        cache().resolve("sources"));
  }

  /** Where what comes from this source is kept, or will be. */
  public static Path kept(String source) {
    return kept(source, cache().resolve("sources"));
  }

  private static Path cache() {
    return Path.of(System.getProperty("user.home"), ".cache", "tidepool-harness");
  }

  private static Path kept(String source, Path cache) {
    ContentDigest digest = new ContentDigest().text(source);
    Path file = Path.of(source);
    try {
      if (Files.isRegularFile(file)) {
        digest.bytes(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cache.resolve(digest.hex());
  }

  static Path of(String source, Optional<Path> launcher, Path kept) {
    Path folder = Path.of(source).toAbsolutePath().normalize();
    if (Files.isDirectory(folder)) {
      return folder;
    }
    if (launcher.isEmpty()) {
      throw new IllegalStateException(
          "-Dtidepool.comfyui names "
              + folder
              + ", which is no folder; to fetch a ComfyUI from elsewhere, name Tidepool's launcher"
              + " with -Dtidepool.launcher=…");
    }
    Path target = kept(source, kept);
    try {
      Files.createDirectories(kept);
      return alone(kept.resolve("lock"), () -> fetched(source, launcher.get(), target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path fetched(String source, Path launcher, Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      Command.run(
          new ProcessBuilder(launcher.toString(), "fetch", source, target.toString(), "--json"));
    }
    return target;
  }

  /**
   * Works while no other thread or process of this user works under the same name.
   *
   * @param name names a file in the cache
   */
  static <T> T alone(String name, Work<T> work) throws IOException {
    return alone(Files.createDirectories(cache()).resolve(name + ".lock"), work);
  }

  private static <T> T alone(Path file, Work<T> work) throws IOException {
    synchronized (SourceFolder.class) {
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        assert held.isValid();
        return work.run();
      }
    }
  }
}
