package dev.tidepool.model;

/**
 * What reading a file again came to.
 *
 * @param reason why it is no longer known to be that model, as it follows a colon; empty when it
 *     still is
 */
public record Verification(IndexedFile file, String reason) {
  /** Whether the file holds what the index says. */
  public boolean holds() {
    return reason.isEmpty();
  }
}
