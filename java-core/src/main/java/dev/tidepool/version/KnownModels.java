package dev.tidepool.version;

import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Folders;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.model.IndexedFile;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the keys of model files: out of the index where it knows a file as it is, else from the
 * file itself. An index that cannot be read knows nothing. For one command.
 */
final class KnownModels implements AutoCloseable {
  private final FileHasher hasher = new FileHasher(1);
  private final Map<Path, Optional<ModelEntry>> entries = new HashMap<>();
  private final @Nullable ModelIndex index;
  private @Nullable Map<Path, IndexedFile> files;

  KnownModels(Path database, Clock clock) {
    this.index = ModelIndex.openIfReadable(database, clock).orElse(null);
  }

  /** What the manifest says of a file; nothing where its content cannot be told. */
  Optional<ModelEntry> entry(ModelPlace place) {
    return entries.computeIfAbsent(place.file(), file -> find(place));
  }

  private Optional<ModelEntry> find(ModelPlace place) {
    if (index != null) {
      @Nullable IndexedFile known = files(index).get(Folders.real(place.file()));
      if (known != null && index.isCurrent(known)) {
        List<String> sources = index.sources(known.key()).stream().map(ModelSource::url).toList();
        return Optional.of(entry(known.key(), known.size(), place, sources));
      }
    }
    try {
      String key = hasher.quick(place.file());
      List<String> sources =
          index == null ? List.of() : index.sources(key).stream().map(ModelSource::url).toList();
      return Optional.of(entry(key, Files.size(place.file()), place, sources));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ModelEntry entry(String key, long size, ModelPlace place, List<String> sources) {
    String name = place.fullPath().substring(place.fullPath().lastIndexOf('/') + 1);
    return new ModelEntry(key, name, size, place.fullPath(), place.category(), sources);
  }

  private Map<Path, IndexedFile> files(ModelIndex known) {
    if (files == null) {
      Map<Path, IndexedFile> byPath = new HashMap<>();
      for (IndexedFile file : known.files()) {
        if (!file.missing()) {
          byPath.putIfAbsent(Folders.real(file.path()), file);
        }
      }
      files = byPath;
    }
    return files;
  }

  @Override
  public void close() {
    if (index != null) {
      index.close();
    }
  }
}
