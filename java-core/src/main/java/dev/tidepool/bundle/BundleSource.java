package dev.tidepool.bundle;

import dev.tidepool.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes into a bundle: bytes, or a file that is read while it is packed. Immutable.
 */
public final class BundleSource {
  private final String path;
  private final byte @Nullable [] bytes;
  private final @Nullable Path file;
  private final @Nullable BundleMember digested;

  private BundleSource(
      String path, byte @Nullable [] bytes, @Nullable Path file, @Nullable BundleMember digested) {
    this.path = path;
    this.bytes = bytes;
    this.file = file;
    this.digested = digested;
  }

  /** Bytes under a name in the bundle. */
  public static BundleSource of(String path, byte[] bytes) {
    byte[] copy = bytes.clone();
    return new BundleSource(path, copy, null, new BundleMember(path, copy.length, Sha256.of(copy)));
  }

  /** A file under a name in the bundle. */
  public static BundleSource of(String path, Path file) {
    return new BundleSource(path, null, file, null);
  }

  /** A file whose size and digest are known already. */
  public static BundleSource of(String path, Path file, long size, String sha256) {
    return new BundleSource(path, null, file, new BundleMember(path, size, sha256));
  }

  /** Its name in the bundle. */
  public String path() {
    return path;
  }

  /** The file, when it is one. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** What the manifest says of it, where that is known already. */
  Optional<BundleMember> digested() {
    return Optional.ofNullable(digested);
  }

  InputStream open() throws IOException {
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    if (file == null) {
      throw new IllegalStateException("neither bytes nor a file");
    }
    return Files.newInputStream(file);
  }
}
