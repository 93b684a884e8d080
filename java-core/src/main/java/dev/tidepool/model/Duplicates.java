package dev.tidepool.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Models that take their space more than once: links to one file do not count as copies. */
final class Duplicates {
  private Duplicates() {}

  /** The files of those models, model by model. */
  static List<IndexedFile> among(List<IndexedFile> files) {
    Map<String, List<IndexedFile>> byKey = new LinkedHashMap<>();
    for (IndexedFile file : files) {
      if (!file.missing()) {
        byKey.computeIfAbsent(file.key(), key -> new ArrayList<>()).add(file);
      }
    }
    List<IndexedFile> duplicates = new ArrayList<>();
    for (List<IndexedFile> same : byKey.values()) {
      if (same.size() > 1 && differentFiles(same) > 1) {
        duplicates.addAll(same);
      }
    }
    return duplicates;
  }

  private static int differentFiles(List<IndexedFile> files) {
    Set<Object> identities = new HashSet<>();
    for (IndexedFile file : files) {
      identity(file).ifPresent(identities::add);
    }
    return identities.size();
  }

  /** Nothing for a file that has gone since it was indexed: it takes no space. */
  private static Optional<Object> identity(IndexedFile file) {
    try {
      Object key = Files.readAttributes(file.path(), BasicFileAttributes.class).fileKey();
      return Optional.of(key != null ? key : file.path().toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
