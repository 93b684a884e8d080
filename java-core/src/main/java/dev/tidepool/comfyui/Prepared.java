package dev.tidepool.comfyui;

import java.nio.file.Path;

/**
 * A ComfyUI that is ready to start.
 *
 * @param python the Python that runs it
 * @param source where it came from, as one types it
 */
public record Prepared(ComfyUi comfyUi, Path python, String source) {}
