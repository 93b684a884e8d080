/**
 * The versions of an environment: {@link dev.tidepool.history.History} keeps them as commits of the
 * git repository in {@code .cec}, beside the git command.
 */
@NullMarked
package dev.tidepool.history;

import org.jspecify.annotations.NullMarked;
