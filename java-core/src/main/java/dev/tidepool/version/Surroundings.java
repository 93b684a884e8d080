package dev.tidepool.version;

import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelDirectories;
import dev.tidepool.resolution.Decisions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a look at an environment needs from around it.
 *
 * @param models where the environment's ComfyUI looks for models
 * @param modelIndex the index of models, which need not exist
 * @param loaders asked for only when a workflow has to be read
 * @param loadersName names them: what was found out with others is found out anew
 * @param decisions what users decided about models of workflows
 */
public record Surroundings(
    ModelDirectories models,
    Path modelIndex,
    Supplier<Loaders> loaders,
    String loadersName,
    Decisions decisions,
    Clock clock) {}
