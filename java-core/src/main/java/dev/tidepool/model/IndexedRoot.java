package dev.tidepool.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that has been indexed.
 *
 * @param path absolute, without links
 * @param type what its files are for, such as {@code loras}; null for the folder above such folders
 * @param complete false when its last indexing was cut short, so that files may be unknown
 * @param available whether the folder is there now
 */
public record IndexedRoot(Path path, @Nullable String type, boolean complete, boolean available) {}
