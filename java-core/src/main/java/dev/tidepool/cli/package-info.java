/**
 * The command line: parses arguments, calls one feature package, and prints data on standard output
 * and talk on standard error. {@link dev.tidepool.cli.Main} is where the process starts.
 */
@NullMarked
package dev.tidepool.cli;

import org.jspecify.annotations.NullMarked;
