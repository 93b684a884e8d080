package dev.tidepool.version;

import java.util.Locale;

/**
 * What a rollback does with one file.
 *
 * @param path below {@code .cec}, or below ComfyUI's folder of workflows; with {@code /}
 * @param trash whether what is there now is in no version and goes to the trash
 */
public record FileStep(Kind kind, String path, boolean trash) {
  /** What is done. */
  public enum Kind {
    /** It is not there and comes back. */
    RESTORE,
    /** It gets the content that it had. */
    REPLACE,
    /** It was not there. */
    REMOVE;

    /** A stable name for programs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
