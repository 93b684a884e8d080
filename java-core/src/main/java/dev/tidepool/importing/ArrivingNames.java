package dev.tidepool.importing;

import dev.tidepool.environment.Environment;
import dev.tidepool.importing.ImportConflict.Way;
import dev.tidepool.io.Folders;
import dev.tidepool.io.FreeNames;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The paths that workflows get in an environment; no two of a bundle get the same. */
final class ArrivingNames {
  private final Environment environment;
  private final Set<String> taken = new HashSet<>();

  private ArrivingNames(Environment environment) {
    this.environment = environment;
  }

  /**
   * Finds them out.
   *
   * @param ways what was chosen about conflicts, by kind and name
   * @param content tells what a workflow will be; what came under another name stays under it
   * @return by the paths in the bundle; without the workflows that stay away
   */
  static Map<String, String> of(
      Environment environment,
      List<ArrivingWorkflow> workflows,
      Map<String, Way> ways,
      Function<ArrivingWorkflow, byte[]> content)
      throws IOException {
    ArrivingNames names = new ArrivingNames(environment);
    workflows.forEach(each -> names.taken.add(Texts.key(each.path())));
    Map<String, String> paths = new LinkedHashMap<>();
    for (ArrivingWorkflow each : workflows) {
      String path = each.path();
      Way way = ways.getOrDefault(ImportConflict.Kind.WORKFLOW + path, Way.TAKE_THEIRS);
      if (way != Way.KEEP_MINE) {
        paths.put(path, way == Way.KEEP_BOTH ? names.free(path, content.apply(each)) : path);
      }
    }
    return paths;
  }

  private String free(String wanted, byte[] content) throws IOException {
    for (int number = 2; ; number++) {
      String path = FreeNames.numbered(Path.of(wanted), number).toString().replace('\\', '/');
      if (fits(environment.liveWorkflows().resolve(path), content)
          && fits(environment.workflows().resolve(path), content)
          && taken.add(Texts.key(path))) {
        return path;
      }
    }
  }

  private static boolean fits(Path file, byte[] content) throws IOException {
    return !Folders.isThere(file)
        || (Files.isRegularFile(file) && SameWorkflow.is(Files.readAllBytes(file), content));
  }
}
