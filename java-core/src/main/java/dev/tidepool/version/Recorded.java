package dev.tidepool.version;

import dev.tidepool.environment.Environment;
import dev.tidepool.history.Tree;
import dev.tidepool.io.StorageFailures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The files of a state of an environment, at hand by path: of a version, or of what lies on disk.
 * Ids are equal where contents are, so that files that are alike are not read.
 */
interface Recorded {
  String MANIFEST = "pyproject.toml";
  String LOCK = "uv.lock";
  String WORKFLOWS = "workflows/";

  /** Each file's path below {@code .cec}, with what its content is known by. */
  Map<String, String> ids();

  /** The contents of files. */
  Map<String, byte[]> contents(Collection<String> paths);

  /** The text of a file; empty when there is none. */
  default String text(String path) {
    byte[] bytes = contents(List.of(path)).getOrDefault(path, new byte[0]);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A version. */
  static Recorded of(Tree tree) {
    Map<String, String> ids = new LinkedHashMap<>();
    tree.paths().forEach(path -> ids.put(path, tree.id(path)));
    return new Recorded() {
      @Override
      public Map<String, String> ids() {
        return Collections.unmodifiableMap(ids);
      }

      @Override
      public Map<String, byte[]> contents(Collection<String> paths) {
        return tree.contents(paths);
      }
    };
  }

  /** What lies on disk, with the workflows as ComfyUI has them: what a commit would record. */
  static Recorded onDisk(Environment environment) {
    return StorageFailures.translate(
        "read the environment " + environment.name(),
        () -> {
          Map<String, Path> files = new TreeMap<>();
          for (Path file : List.of(environment.pyproject(), environment.lock())) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
              files.put(String.valueOf(file.getFileName()), file);
            }
          }
          Ignored ignored = Ignored.in(environment.cec());
          workflows(environment.liveWorkflows(), path -> !ignored.workflow(path), files);
          // A commit leaves these as they were recorded.
          workflows(environment.workflows(), ignored::workflow, files);
          return OnDisk.of(files);
        });
  }

  private static void workflows(Path folder, Predicate<String> wanted, Map<String, Path> files) {
    for (String path : WorkflowPaths.below(folder)) {
      if (wanted.test(path)) {
        files.put(WORKFLOWS + path, folder.resolve(path));
      }
    }
  }
}
