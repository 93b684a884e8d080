/**
 * Drives a real ComfyUI in a real browser and over its API, for the tests of any node pack. {@link
 * dev.tidepool.harness.ComfyUiTest} on a JUnit class hands its tests a {@link
 * dev.tidepool.harness.ComfyUi}, its {@link dev.tidepool.harness.ComfyApi} and an open {@link
 * dev.tidepool.harness.ComfyPage}. Knows no node of Tidepool's own.
 */
@NullMarked
package dev.tidepool.harness;

import org.jspecify.annotations.NullMarked;
