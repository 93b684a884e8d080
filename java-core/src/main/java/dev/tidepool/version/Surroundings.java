package dev.tidepool.version;

import dev.tidepool.loader.Loaders;
import dev.tidepool.resolution.Decisions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a look at an environment needs from around it.
 *
 * @param models folders like {@code ComfyUI/models}; one that is missing holds nothing
 * @param modelIndex the index of models, which need not exist
 * @param loaders asked for only when a workflow has to be read
 * @param loadersName names them: what was found out with others is found out anew
 * @param decisions what users decided about models of workflows
 */
public record Surroundings(
    List<Path> models,
    Path modelIndex,
    Supplier<Loaders> loaders,
    String loadersName,
    Decisions decisions,
    Clock clock) {
  /** Copies the list. */
  public Surroundings {
    models = List.copyOf(models);
  }
}
