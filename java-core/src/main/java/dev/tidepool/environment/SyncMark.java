package dev.tidepool.environment;

import dev.tidepool.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Remembers in a virtual environment that what is installed is what a lock says, so that nobody has
 * to ask uv again while both are as they were: {@code .tidepool-synced} holds the digest of both.
 */
final class SyncMark {
  private final Path file;
  private final Path venv;
  private final Path lock;

  SyncMark(Environment environment) {
    this.venv = environment.venv();
    this.file = venv.resolve(".tidepool-synced");
    this.lock = environment.lock();
  }

  boolean isCurrent() throws IOException {
    try {
      return Files.readString(file).equals(digest());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  void set() throws IOException {
    if (Files.exists(lock) && Files.isDirectory(venv)) {
      AtomicFiles.write(file, digest().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String digest() throws IOException {
    String packages = InstalledPackages.in(venv).toString();
    return Sha256.of(Files.readAllBytes(lock))
        + " "
        + Sha256.of(packages.getBytes(StandardCharsets.UTF_8));
  }
}
