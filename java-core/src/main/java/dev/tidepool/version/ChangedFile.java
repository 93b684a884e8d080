package dev.tidepool.version;

/**
 * A file of {@code .cec} that differs from the newest version.
 *
 * @param path below {@code .cec}, with {@code /}
 * @param kind {@code added}, {@code modified} or {@code deleted}
 */
public record ChangedFile(String path, String kind) {}
