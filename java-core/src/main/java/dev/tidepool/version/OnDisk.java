package dev.tidepool.version;

import dev.tidepool.history.Tree;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Files on disk.
 *
 * @param ids git's name of each content
 */
record OnDisk(Map<String, Path> files, Map<String, String> ids) implements Recorded {
  static OnDisk of(Map<String, Path> files) {
    Map<String, String> ids = new LinkedHashMap<>();
    new OnDisk(files, Map.of())
        .contents(files.keySet())
        .forEach((path, bytes) -> ids.put(path, Tree.idOf(bytes)));
    return new OnDisk(files, Collections.unmodifiableMap(ids));
  }

  @Override
  public Map<String, byte[]> contents(Collection<String> paths) {
    return StorageFailures.translate(
        "read the environment",
        () -> {
          Map<String, byte[]> contents = new LinkedHashMap<>();
          for (String path : paths) {
            if (files.containsKey(path)) {
              contents.put(path, read(path));
            }
          }
          return contents;
        });
  }

  private byte[] read(String path) throws IOException {
    return Files.readAllBytes(Objects.requireNonNull(files.get(path)));
  }
}
