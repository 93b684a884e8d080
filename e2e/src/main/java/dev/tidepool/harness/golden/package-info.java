/**
 * Golden workflows: runs a workflow on a real ComfyUI and compares all that comes of it with what
 * is stored beside the workflow. {@link dev.tidepool.harness.golden.WorkflowTest} is the door;
 * {@link dev.tidepool.harness.golden.Verdict} is what it answers. Knows neither the command line
 * nor the report.
 */
@NullMarked
package dev.tidepool.harness.golden;

import org.jspecify.annotations.NullMarked;
