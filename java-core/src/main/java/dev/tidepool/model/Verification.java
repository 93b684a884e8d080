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

  /** Whether there is a file and it holds something else; not, when it could not be read. */
  boolean differs() {
    return reason.equals(Verifying.OTHER_SIZE)
        || reason.equals(Verifying.OTHER_CONTENT)
        || reason.equals(Verifying.NO_FOLDER);
  }
}
