package dev.tidepool.importing;

import dev.tidepool.comfyui.Source;
import java.util.Optional;

/**
 * What is to be imported, and how.
 *
 * @param name of the environment
 * @param merge whether it may be there already
 * @param skipModels whether models that are not here stay away
 * @param skipNodes whether node packs stay away
 * @param comfyUi where ComfyUI comes from; nothing for its own repository
 */
public record ImportRequest(
    String name, boolean merge, boolean skipModels, boolean skipNodes, Optional<Source> comfyUi) {}
