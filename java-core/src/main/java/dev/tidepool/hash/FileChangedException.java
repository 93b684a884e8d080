package dev.tidepool.hash;

import java.io.IOException;
import java.nio.file.Path;

/** A file changed while it was hashed, so that there is no answer. Hashing it again may help. */
public final class FileChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  FileChangedException(Path file) {
    super(file + " changed while it was read");
  }
}
