package dev.tidepool.cli;

/**
 * Text that cannot steer a terminal: control characters, which names in files may carry, become
 * {@code ?}.
 */
final class PrintableText {
  private PrintableText() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (steers(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      if (steers(clean.charAt(i))) {
        clean.setCharAt(i, '?');
      }
    }
    return clean.toString();
  }

  private static boolean steers(char c) {
    return Character.isISOControl(c) || isDirectionMark(c);
  }

  // Unicode's explicit direction controls can make one name look like another.
  private static boolean isDirectionMark(char c) {
    return c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
