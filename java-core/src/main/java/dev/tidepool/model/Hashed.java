package dev.tidepool.model;

import org.jspecify.annotations.Nullable;

/**
 * A file that has been read.
 *
 * @param quick its quick key; empty when it could not be read
 * @param metadata a JSON object with what its header says
 * @param problem why it could not be read
 */
record Hashed(FoundFile file, String quick, String metadata, @Nullable String problem) {}
