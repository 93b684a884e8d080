package dev.tidepool.store;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A server that speaks S3, and what sends bundles to it. */
final class S3World implements AutoCloseable {
  static final HttpPatience PATIENCE =
      new HttpPatience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 2);
  static final StoreAddress SEA = StoreAddress.parse("s3://bundles/a b/sea_bundle.tar.gz");
  static final String KEY = "a b/sea_bundle.tar.gz";

  private final Path folder;
  final S3Server server;

  S3World(Path folder) throws IOException {
    this.folder = folder;
    this.server = new S3Server(folder.resolve("s3"));
  }

  Stores stores() {
    return stores(server.variables());
  }

  Stores stores(Map<String, String> variables) {
    return new Stores(
        variables,
        folder.resolve("cache"),
        true,
        PATIENCE,
        length -> {},
        new StoreLocks(),
        Clock.systemUTC());
  }

  /** A bundle of this size, which is the same each time. */
  Path file(int mebibytes) throws IOException {
    byte[] content = new byte[mebibytes << 20];
    new Random(7).nextBytes(content);
    return Files.write(folder.resolve("sea_bundle.tar.gz"), content);
  }

  static TidepoolException failure(ThrowingCallable work) {
    return catchThrowableOfType(TidepoolException.class, work);
  }

  /** What lies in the folder alone. */
  static Path only(Path folder) throws IOException {
    return Folders.children(folder).get(0);
  }

  @Override
  public void close() {
    server.close();
  }
}
