package dev.tidepool.version;

import dev.tidepool.manifest.ModelEntry;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model of a workflow whose file is known.
 *
 * @param file where it is on this machine: a file, or a folder of the diffusers library
 * @param address where the workflow says that it can be downloaded; unchecked
 */
public record PlannedModel(ModelEntry entry, Path file, Optional<String> address) {}
