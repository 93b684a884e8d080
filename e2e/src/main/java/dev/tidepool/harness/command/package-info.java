/**
 * The command {@code tidepool workflow test}, which the launcher hands to this module's own main:
 * arguments, servers, the browser, and what is printed. The rules are in {@link
 * dev.tidepool.harness.golden}.
 */
@NullMarked
package dev.tidepool.harness.command;

import org.jspecify.annotations.NullMarked;
