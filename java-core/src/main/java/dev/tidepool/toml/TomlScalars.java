package dev.tidepool.toml;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tells booleans, numbers and dates by their text (TOML 1.0). Dates stay as they are written. */
final class TomlScalars {
  private TomlScalars() {}

  /** The patterns, compiled only for files that hold more than strings and plain numbers. */
  private static final class Patterns {
    static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9](?:_?[0-9])*)");
    static final Pattern RADIX =
        Pattern.compile("0(?:x[0-9a-fA-F](?:_?[0-9a-fA-F])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)");
    static final Pattern FLOAT =
        Pattern.compile(
            "[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?");
    static final Pattern DATE =
        Pattern.compile(
            "(?:[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
                + "(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?"
                + "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?)"
                + "|(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?");

    private Patterns() {}
  }

  /** The value that the text means; empty when it means none. */
  static Optional<Object> of(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      case "inf", "+inf" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf" -> Optional.of(Double.NEGATIVE_INFINITY);
      case "nan", "+nan", "-nan" -> Optional.of(Double.NaN);
      default -> isShortNumber(text) ? Optional.of(Long.parseLong(text)) : other(text);
    };
  }

  private static boolean isShortNumber(String text) {
    if (text.isEmpty() || text.length() > 18 || (text.charAt(0) == '0' && text.length() > 1)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static Optional<Object> other(String text) {
    try {
      String digits = text.replace("_", "");
      if (Patterns.INTEGER.matcher(text).matches()) {
        return Optional.of(Long.parseLong(digits));
      }
      if (Patterns.RADIX.matcher(text).matches()) {
        int radix = text.charAt(1) == 'x' ? 16 : text.charAt(1) == 'o' ? 8 : 2;
        return Optional.of(Long.parseLong(digits.substring(2), radix));
      }
      if (Patterns.FLOAT.matcher(text).matches()) {
        return Optional.of(Double.parseDouble(digits));
      }
    } catch (NumberFormatException e) {
      // Beyond 64 bits, which TOML says is an error.
      return Optional.empty();
    }
    return Patterns.DATE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }
}
