/**
 * Which inputs of which node types name model files, and in which folders ComfyUI looks for them: a
 * built-in table for ComfyUI's own nodes, refined by what an installed or running ComfyUI tells of
 * itself. {@link dev.tidepool.loader.Loaders} is the door; knows nothing of workflows.
 */
@NullMarked
package dev.tidepool.loader;

import org.jspecify.annotations.NullMarked;
