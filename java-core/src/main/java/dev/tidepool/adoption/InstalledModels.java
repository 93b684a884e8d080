package dev.tidepool.adoption;

import dev.tidepool.model.ComfyUiModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The directories that an installation's {@code extra_model_paths.yaml} adds, by what the models in
 * them are for; only those that are there.
 *
 * @param stray those that the file names by a path relative to itself, and that are outside of the
 *     installation: from another folder the same path leads elsewhere
 */
record InstalledModels(Map<String, List<Path>> all, Map<String, List<Path>> stray) {
  /**
   * Reads the file.
   *
   * @throws dev.tidepool.error.TidepoolException {@code extra-model-paths-invalid}
   */
  static InstalledModels of(Path folder, Map<String, String> variables) {
    Map<String, List<Path>> all =
        only(ComfyUiModels.added(folder, variables), (kind, path) -> Files.isDirectory(path));
    Map<String, List<Path>> moved =
        ComfyUiModels.added(folder, folder.resolve("one/folder/deeper"), variables);
    return new InstalledModels(
        all,
        only(
            all,
            (kind, path) ->
                !path.startsWith(folder) && !moved.getOrDefault(kind, List.of()).contains(path)));
  }

  private static Map<String, List<Path>> only(
      Map<String, List<Path>> directories, BiPredicate<String, Path> wanted) {
    Map<String, List<Path>> kept = new TreeMap<>();
    directories.forEach(
        (kind, paths) -> {
          List<Path> some = paths.stream().filter(path -> wanted.test(kind, path)).toList();
          if (!some.isEmpty()) {
            kept.put(kind, some);
          }
        });
    return kept;
  }
}
