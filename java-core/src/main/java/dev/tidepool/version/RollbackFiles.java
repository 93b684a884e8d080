package dev.tidepool.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Plans what a rollback does with files. Contents are told by their digests; paths have {@code /}.
 */
final class RollbackFiles {
  private static final String WORKFLOWS = "workflows/";
  private static final Set<String> OWN = Set.of("pyproject.toml", "uv.lock");

  private final Map<String, String> head;
  private final Map<String, String> target;

  /**
   * Plans the way from what is there to a version.
   *
   * @param head the files of the newest version
   * @param target the files of the version to go back to
   */
  RollbackFiles(Map<String, String> head, Map<String, String> target) {
    this.head = Map.copyOf(head);
    this.target = Map.copyOf(target);
  }

  /**
   * Plans for {@code .cec}.
   *
   * @param current all files that are there
   */
  List<FileStep> recorded(Map<String, String> current) {
    List<FileStep> steps = new ArrayList<>();
    for (String path : union(current, target)) {
      @Nullable String now = current.get(path);
      @Nullable String wanted = target.get(path);
      boolean unsaved = now != null && !now.equals(head.get(path));
      if (wanted != null && !wanted.equals(now)) {
        FileStep.Kind kind = now == null ? FileStep.Kind.RESTORE : FileStep.Kind.REPLACE;
        steps.add(new FileStep(kind, path, unsaved));
      } else if (wanted == null && (head.containsKey(path) || isOwn(path))) {
        steps.add(new FileStep(FileStep.Kind.REMOVE, path, unsaved));
      }
    }
    return steps;
  }

  /** Files that nobody recorded stay, unless they would make another state of the environment. */
  private static boolean isOwn(String path) {
    return OWN.contains(path) || path.startsWith(WORKFLOWS);
  }

  /**
   * Plans for ComfyUI's folder of workflows.
   *
   * @param live all files that belong to the environment, by their path below that folder
   * @param same whether a live file is the same workflow as one of a version, by both digests
   */
  List<FileStep> workflows(Map<String, String> live, BiPredicate<String, String> same) {
    List<FileStep> steps = new ArrayList<>();
    Map<String, String> wanted = below(target);
    Map<String, String> saved = below(head);
    for (String path : union(live, wanted)) {
      Optional<String> now = Optional.ofNullable(live.get(path));
      Optional<String> then = Optional.ofNullable(wanted.get(path));
      if (now.isPresent() && then.isPresent() && same.test(now.get(), then.get())) {
        continue;
      }
      boolean unsaved =
          now.isPresent()
              && Optional.ofNullable(saved.get(path))
                  .map(last -> !same.test(now.get(), last))
                  .orElse(true);
      FileStep.Kind kind =
          then.isEmpty()
              ? FileStep.Kind.REMOVE
              : now.isEmpty() ? FileStep.Kind.RESTORE : FileStep.Kind.REPLACE;
      steps.add(new FileStep(kind, path, unsaved));
    }
    return steps;
  }

  private static Map<String, String> below(Map<String, String> files) {
    Map<String, String> workflows = new java.util.HashMap<>();
    files.forEach(
        (path, digest) -> {
          if (path.startsWith(WORKFLOWS)) {
            workflows.put(path.substring(WORKFLOWS.length()), digest);
          }
        });
    return workflows;
  }

  private static Set<String> union(Map<String, String> one, Map<String, String> other) {
    Set<String> paths = new TreeSet<>(one.keySet());
    paths.addAll(other.keySet());
    return paths;
  }
}
