package dev.tidepool.harness.golden;

import java.time.Duration;

/**
 * How long a node took, as the server's events tell.
 *
 * @param start when it began, from the start of the workflow
 */
public record NodeTime(String node, String type, Duration start, Duration duration) {}
