package dev.tidepool.pool;

import java.nio.file.Path;

/**
 * An image that shall join a pool.
 *
 * @param name the suggested file name; the pool makes it safe and unique
 * @param file where its bytes are; it is copied and left as it is
 */
public record NewImage(String name, Path file) {}
