package dev.tidepool.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that is to be had.
 *
 * @param addresses where it may be, tried in this order; not empty
 * @param target its path; absolute. What is there already is never overwritten
 * @param size in bytes; -1 when nobody said
 * @param sha256 64 hex digits in lower case
 * @param blake3 64 hex digits in lower case
 */
public record WantedFile(
    List<URI> addresses, Path target, long size, Optional<String> sha256, Optional<String> blake3) {
  /** Copies the list. */
  public WantedFile {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty() || target.getFileName() == null || target.getParent() == null) {
      throw new IllegalArgumentException("no address, or no file: " + target);
    }
  }

  /** Whether it can be told from its content that this is the file. */
  boolean isKnown() {
    return sha256.isPresent() || blake3.isPresent();
  }

  /** The name of the file. */
  public String name() {
    return String.valueOf(target.getFileName());
  }

  Path folder() {
    Path folder = target.getParent();
    return folder == null ? target : folder;
  }
}
