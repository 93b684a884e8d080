package dev.tidepool.loader;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where a ComfyUI looks for models.
 *
 * @param roots folders like {@code ComfyUI/models}; one that is missing holds nothing
 * @param more further directories by what the files in them are for, such as {@code loras}; asked
 *     for when the roots do not settle it
 */
public record ModelDirectories(List<Path> roots, Supplier<Map<String, List<Path>>> more) {
  /** Copies the list. */
  public ModelDirectories {
    roots = List.copyOf(roots);
  }

  /** Folders like {@code ComfyUI/models}, and no others. */
  public static ModelDirectories of(List<Path> roots) {
    return new ModelDirectories(roots, Map::of);
  }

  /** The models in them. */
  public ModelTree tree(Collection<ModelFolder> folders) {
    return ModelTree.below(roots, more.get(), folders);
  }

  /** All of them, those of the roots by the roots alone. */
  public List<Path> all() {
    return Stream.concat(roots.stream(), more.get().values().stream().flatMap(List::stream))
        .toList();
  }

  /** Whether a file lies in one of them; the disk is not looked at. */
  public boolean hold(Path file) {
    return holds(roots, file) || holds(all(), file);
  }

  private static boolean holds(List<Path> directories, Path file) {
    return directories.stream().anyMatch(each -> file.startsWith(each) && !file.equals(each));
  }
}
