package dev.tidepool.model;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index would forget.
 *
 * @param root the root that is forgotten as a whole; null when only what is missing is
 * @param files places where nothing lies any more
 * @param models models that have no other place, with their sources
 */
public record Removal(@Nullable Path root, List<IndexedFile> files, List<IndexedModel> models) {
  public Removal {
    files = List.copyOf(files);
    models = List.copyOf(models);
  }

  /** Whether there is nothing to forget. */
  public boolean isEmpty() {
    return root == null && files.isEmpty() && models.isEmpty();
  }
}
