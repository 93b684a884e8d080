package dev.tidepool.io;

import java.text.Normalizer;
import java.util.Locale;

/** Text that came from outside: shown safely, compared as people compare names. */
public final class Texts {
  private static final int LONGEST_SHOWN = 80;

  private Texts() {}

  /** The text in quotes for a message, shortened, with control characters made visible. */
  public static String quoted(String text) {
    StringBuilder shown = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST_SHOWN)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || !printable(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    if (text.codePointCount(0, text.length()) > LONGEST_SHOWN) {
      shown.append('…');
    }
    return shown.append('"').toString();
  }

  /** Whether a name may hold the character: no control characters, line ends or lone surrogates. */
  public static boolean printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /**
   * A key that is equal for names that people take for the same: Unicode NFC (UAX #15), case
   * ignored in every locale alike.
   */
  public static String key(String name) {
    if (isAscii(name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    String upper = nfc(name).toUpperCase(Locale.ROOT);
    return nfc(upper.toLowerCase(Locale.ROOT));
  }

  /** The text in Unicode NFC (UAX #15). */
  public static String nfc(String text) {
    return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
