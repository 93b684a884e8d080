package dev.tidepool.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers of services on disk, one file each:
 *
 * <pre>
 * comfydock_cache/api_cache/1f3870be274f6c49.json
 * {"url":"https://api.comfy.org/nodes/x","fetched":1764145409000,"answer":{…}}
 * </pre>
 *
 * A cache that cannot be written or read is as good as an empty one. Thread-safe, also between
 * processes: files are only ever replaced whole.
 */
public final class ApiCache {
  private static final long LARGEST = 32L << 20;

  private final Path folder;
  private final Clock clock;

  /** Keeps them in a folder, which need not exist. */
  public ApiCache(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * An answer that was kept.
   *
   * @param age never negative: what was kept in the future by a clock that was set back is as old
   *     as can be
   */
  public record Kept(JsonNode answer, Duration age) {}

  /** The answer that was kept last for an address. */
  public Optional<Kept> read(URI uri) {
    try {
      Path file = file(uri);
      if (Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      JsonNode kept = JsonTree.read(Files.readAllBytes(file));
      if (!kept.path("url").asText().equals(uri.toString())
          || kept.path("answer").isMissingNode()) {
        return Optional.empty();
      }
      return Optional.of(new Kept(kept.path("answer"), age(kept.path("fetched").asLong(0))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      warn("unreadable answer", e);
      return Optional.empty();
    }
  }

  /** Keeps an answer. */
  public void write(URI uri, JsonNode answer) {
    ObjectNode kept = JsonTree.object();
    kept.put("url", uri.toString());
    kept.put("fetched", clock.millis());
    kept.set("answer", answer);
    try {
      Files.createDirectories(folder);
      Path file = file(uri);
      Path work = folder.resolve(".tidepool-" + UUID.randomUUID() + ".tmp");
      try {
        AtomicFiles.create(work, JsonTree.write(kept));
        AtomicFiles.move(work, file);
      } finally {
        Folders.deleteQuietly(work);
      }
    } catch (IOException e) {
      warn("answer not kept", e);
    }
  }

  private Duration age(long fetched) {
    Duration age = Duration.between(Instant.ofEpochMilli(fetched), clock.instant());
    return age.isNegative() ? Duration.ofDays(36_500) : age;
  }

  private Path file(URI uri) {
    return folder.resolve(Sha256.of(uri.toString()).substring(0, 16) + ".json");
  }

  private void warn(String what, IOException e) {
    System.getLogger("dev.tidepool.http")
        .log(System.Logger.Level.WARNING, what + " folder={0} reason={1}", folder, e.toString());
  }
}
