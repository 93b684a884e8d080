package dev.tidepool.hash;

/**
 * What a file's content comes to.
 *
 * @param size its bytes
 * @param blake3 BLAKE3, 64 hex digits
 * @param sha256 SHA-256 (FIPS 180-4), 64 hex digits
 */
public record FileDigest(long size, String blake3, String sha256) {}
