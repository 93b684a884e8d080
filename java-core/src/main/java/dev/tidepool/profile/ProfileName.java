package dev.tidepool.profile;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Texts;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of profiles: Unicode NFC, trimmed, 1 to 120 characters, no control characters. */
final class ProfileName {
  private static final int LONGEST = 120;
  private static final Pattern NUMBERED = Pattern.compile(".*( \\([1-9][0-9]{0,9}\\))");

  private ProfileName() {}

  /**
   * The name as it is stored.
   *
   * @throws TidepoolException {@code profile-name-invalid}
   */
  static String require(String given) {
    String name = Texts.nfc(given).strip();
    int length = name.codePointCount(0, name.length());
    if (length == 0) {
      throw invalid("A profile needs a name.");
    }
    if (length > LONGEST) {
      throw invalid("The name " + Texts.quoted(name) + " is " + length + " characters long.");
    }
    if (!name.codePoints().allMatch(Texts::printable)) {
      throw invalid("The name " + Texts.quoted(name) + " holds control characters.");
    }
    return name;
  }

  /** Whether this is the name, or what {@link #free} made of it. */
  static boolean isOf(String name, String wanted) {
    String key = Texts.key(name);
    Matcher numbered = NUMBERED.matcher(name);
    return key.equals(Texts.key(wanted))
        || (numbered.matches() && key.equals(Texts.key(numbered(wanted, numbered.group(1)))));
  }

  private static String numbered(String name, String suffix) {
    int room = LONGEST - suffix.length();
    int kept = Math.min(room, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, kept)).stripTrailing() + suffix;
  }

  /** The name, or with the first of " (2)", " (3)" … that is free, shortened where it must be. */
  static String free(String name, Set<String> takenKeys) {
    String candidate = name;
    for (int i = 2; takenKeys.contains(Texts.key(candidate)); i++) {
      candidate = numbered(name, " (" + i + ")");
    }
    return candidate;
  }

  private static TidepoolException invalid(String message) {
    return new TidepoolException(
        ErrorKind.INVALID,
        "profile-name-invalid",
        message,
        "A name has 1 to " + LONGEST + " characters and no line breaks.");
  }
}
