package dev.tidepool.version;

import dev.tidepool.error.TidepoolException;
import java.util.List;

/**
 * Why a file could not be taken into account.
 *
 * @param code the code of the error
 */
public record Problem(String code, String message, List<String> hints) {
  /** Copies the list. */
  public Problem {
    hints = List.copyOf(hints);
  }

  static Problem of(TidepoolException e) {
    return new Problem(e.code(), e.text(), e.hints());
  }
}
