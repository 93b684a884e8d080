package dev.tidepool.profile;

import java.nio.file.Path;

/**
 * A finished export.
 *
 * @param file the archive
 * @param bytes its size
 * @param files how many files of the pool it holds
 */
public record Export(Path file, long bytes, int files) {}
