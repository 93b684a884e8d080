/** Tests of the rules of golden workflows; they need no ComfyUI. */
@NullMarked
package dev.tidepool.harness.golden;

import org.jspecify.annotations.NullMarked;
