/**
 * The core inside a running Python process: {@link dev.tidepool.bridge.Door} is the one class that
 * Python talks to, in text only, and {@code Embedding} is the one place that knows Jep's internals.
 *
 * <p>Sits on top of the feature packages; none of them knows it.
 */
@NullMarked
package dev.tidepool.bridge;

import org.jspecify.annotations.NullMarked;
