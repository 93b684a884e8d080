/** Tests of the command, most of them on a real ComfyUI. */
@NullMarked
package dev.tidepool.harness.command;

import org.jspecify.annotations.NullMarked;
