package dev.tidepool.pool;

import dev.tidepool.error.TidepoolException;

/**
 * A file that did not join the pool.
 *
 * @param name the name under which it was offered
 * @param error why
 */
public record Refusal(String name, TidepoolException error) {}
