package dev.tidepool.bundle;

/**
 * A file in a bundle.
 *
 * @param path its place in the archive, with slashes
 * @param size in bytes
 * @param sha256 of its content, 64 hex digits
 */
public record BundleMember(String path, long size, String sha256) {}
