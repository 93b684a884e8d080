/**
 * What Tidepool's nodes promise, proved in a real browser against a real ComfyUI: page objects for
 * the two nodes, and one test for each promise.
 */
@NullMarked
package dev.tidepool.suite;

import org.jspecify.annotations.NullMarked;
