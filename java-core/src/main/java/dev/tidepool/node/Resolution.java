package dev.tidepool.node;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the lock that belongs to a changed manifest in a scratch folder, so that nothing is changed
 * when the packages contradict each other. What was found is kept for a day by the content of all
 * that went in.
 */
final class Resolution {
  private static final Duration FRESH = Duration.ofDays(1);

  private final Environment environment;
  private final PythonProject python;
  private final Path kept;

  Resolution(Environment environment, NodeTools tools) {
    this.environment = environment;
    this.python = tools.python();
    this.kept = tools.resolutions();
  }

  /** The lock; nothing when the change has nothing to do with Python packages. */
  Optional<byte[]> of(Manifest before, Manifest after, Steps steps) {
    boolean same =
        before.groups().equals(after.groups())
            && before.dependencies().equals(after.dependencies())
            && before.sources().equals(after.sources());
    if (same && Files.exists(environment.lock())) {
      return Optional.empty();
    }
    steps.begin("Resolving Python packages");
    return StorageFailures.translate(
        "resolve Python packages",
        () -> {
          Path file = kept.resolve(key(after) + ".lock");
          if (isFresh(file)) {
            return Optional.of(Files.readAllBytes(file));
          }
          byte[] lock = python.testResolution(environment, after.text(), steps);
          keep(file, lock);
          return Optional.of(lock);
        });
  }

  private String key(Manifest manifest) throws IOException {
    MessageDigest digest = Sha256.begin();
    digest.update(manifest.text().getBytes(StandardCharsets.UTF_8));
    for (Path each :
        new Path[] {environment.lock(), environment.cec().resolve(".python-version")}) {
      digest.update((byte) 0);
      if (Files.exists(each)) {
        digest.update(Files.readAllBytes(each));
      }
    }
    return Sha256.end(digest);
  }

  private static boolean isFresh(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
    return !age.isNegative() && age.compareTo(FRESH) < 0;
  }

  private void keep(Path file, byte[] lock) throws IOException {
    Files.createDirectories(kept);
    FileTime old = FileTime.from(Instant.now().minus(FRESH));
    for (Path each : Folders.children(kept)) {
      if (Files.getLastModifiedTime(each).compareTo(old) < 0) {
        Folders.deleteQuietly(each);
      }
    }
    Path work = kept.resolve(".tidepool-" + UUID.randomUUID() + ".tmp");
    AtomicFiles.create(work, lock);
    AtomicFiles.move(work, file);
  }
}
