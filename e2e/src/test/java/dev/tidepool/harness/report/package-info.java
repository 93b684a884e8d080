/** Tests of the report; they need no ComfyUI. */
@NullMarked
package dev.tidepool.harness.report;

import org.jspecify.annotations.NullMarked;
