/**
 * A real ComfyUI: where it comes from, its Python environment, Tidepool's node pack in it, and the
 * running server. {@link dev.tidepool.comfyui.Preparation}, {@link
 * dev.tidepool.comfyui.PackInstallation} and {@link dev.tidepool.comfyui.Server} are the doors.
 */
@NullMarked
package dev.tidepool.comfyui;

import org.jspecify.annotations.NullMarked;
