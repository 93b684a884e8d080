package dev.tidepool.io;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of pools and profiles: 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}. Such an id is safe
 * as the name of a folder on every system; everything else is refused, never repaired.
 */
public final class Ids {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Ids() {}

  /** A fresh id: a random UUID. */
  public static String fresh() {
    return UUID.randomUUID().toString();
  }

  /** Whether the text is an id. */
  public static boolean valid(String text) {
    return VALID.matcher(text).matches();
  }

  /**
   * The id itself.
   *
   * @throws TidepoolException {@code id-invalid} when it is none
   */
  public static String require(String id) {
    if (!valid(id)) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "id-invalid",
          "Not a valid id: " + Texts.quoted(id) + ".",
          "An id has 1 to 64 letters, digits, underscores or hyphens.");
    }
    return id;
  }
}
