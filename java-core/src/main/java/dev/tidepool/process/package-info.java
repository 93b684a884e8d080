/**
 * Other programs: run to their end with a log, or started and ended again with all that they
 * started. {@link dev.tidepool.process.ProcessRunner} is the door.
 */
@NullMarked
package dev.tidepool.process;

import org.jspecify.annotations.NullMarked;
