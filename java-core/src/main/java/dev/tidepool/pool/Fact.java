package dev.tidepool.pool;

import dev.tidepool.io.FileStamp;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a file's content, and the stamp the file had then.
 *
 * @param bytes the file's size
 * @param modified nanoseconds since the epoch
 * @param width pixels; 0 when the content is no image
 * @param height pixels; 0 when the content is no image
 * @param sha256 64 hex digits; null until somebody needed it
 */
record Fact(long bytes, long modified, int width, int height, @Nullable String sha256) {
  boolean holdsFor(FileStamp stamp) {
    return bytes == stamp.bytes() && modified == stamp.modified();
  }

  boolean isImage() {
    return width > 0;
  }
}
