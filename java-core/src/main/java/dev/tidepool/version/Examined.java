package dev.tidepool.version;

import java.util.Optional;

/**
 * One workflow as it was when it was last looked at.
 *
 * @param live ComfyUI's file
 * @param committed the committed copy
 * @param seen when, in milliseconds since the epoch
 */
record Examined(Copy live, Copy committed, long seen, TrackedWorkflow result) {
  /**
   * One file.
   *
   * @param stamp empty when it is not there
   * @param digest of its content, SHA-256
   */
  record Copy(String stamp, String digest) {
    static final Copy NONE = new Copy("", "");

    static Copy of(Optional<Stamp> stamp, String digest) {
      return stamp.map(there -> new Copy(there.text(), digest)).orElse(NONE);
    }
  }
}
