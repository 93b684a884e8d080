package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came of one model.
 *
 * @param state as it was planned
 * @param file where it is; nothing when it is not here
 * @param reason why it is not here, or empty
 */
public record ArrivedModel(
    BundledModel model, PlannedModel.State state, Optional<Path> file, String reason) {}
