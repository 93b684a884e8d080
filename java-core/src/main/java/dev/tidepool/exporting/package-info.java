/**
 * Makes bundles of environments: {@link dev.tidepool.exporting.Exporting} collects a few workflows
 * with just what they need, or all of an environment, and has it written.
 */
@NullMarked
package dev.tidepool.exporting;

import org.jspecify.annotations.NullMarked;
