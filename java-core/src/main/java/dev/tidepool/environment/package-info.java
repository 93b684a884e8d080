/**
 * Environments: ComfyUI installations side by side, each with its Python, its node packs and its
 * history, and changes of them that happen whole or not at all. {@link
 * dev.tidepool.environment.Environments} and {@link dev.tidepool.environment.Change} are the doors.
 */
@NullMarked
package dev.tidepool.environment;

import org.jspecify.annotations.NullMarked;
