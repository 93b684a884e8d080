package dev.tidepool.toml;

/** Reads the four kinds of strings (TOML 1.0, "String"). */
final class TomlStrings {
  private final TomlCursor cursor;

  TomlStrings(TomlCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads a string of any kind. */
  String any() {
    if (cursor.skip("\"\"\"")) {
      return several("\"\"\"", true);
    }
    if (cursor.skip("'''")) {
      return several("'''", false);
    }
    return line();
  }

  /** Reads a string on one line. */
  String line() {
    char quote = cursor.here();
    cursor.at++;
    int start = cursor.at;
    StringBuilder content = null;
    while (cursor.here() != quote) {
      char c = cursor.here();
      if (cursor.atEnd() || TomlCursor.isControl(c)) {
        throw cursor.invalid("a string does not end, or holds a control character");
      }
      if (c == '\\' && quote == '"') {
        content =
            content == null ? new StringBuilder(cursor.text.substring(start, cursor.at)) : content;
        escape(content);
      } else {
        if (content != null) {
          content.append(c);
        }
        cursor.at++;
      }
    }
    String plain = content == null ? cursor.text.substring(start, cursor.at) : content.toString();
    cursor.at++;
    return plain;
  }

  private String several(String quotes, boolean escapes) {
    if (!cursor.skip("\n")) {
      cursor.skip("\r\n");
    }
    StringBuilder content = new StringBuilder();
    while (!cursor.sees(quotes)) {
      char c = cursor.here();
      if (cursor.atEnd()) {
        throw cursor.invalid("a string does not end");
      }
      if (c == '\\' && escapes) {
        if (!joinLines()) {
          escape(content);
        }
        continue;
      }
      boolean lineEnd = c == '\n' || cursor.sees("\r\n");
      if (TomlCursor.isControl(c) && !lineEnd) {
        throw cursor.invalid("a control character in a string");
      }
      content.append(c);
      cursor.at++;
      if (c == '\r') {
        content.append('\n');
        cursor.at++;
      }
    }
    cursor.at += quotes.length();
    // One or two more quotes belong to the content.
    for (int i = 0; i < 2 && cursor.here() == quotes.charAt(0); i++) {
      content.append(quotes.charAt(0));
      cursor.at++;
    }
    return content.toString();
  }

  /** A backslash at a line's end joins it to the next text. */
  private boolean joinLines() {
    int look = cursor.at + 1;
    boolean line = false;
    while (look < cursor.text.length() && " \t\r\n".indexOf(cursor.text.charAt(look)) >= 0) {
      char c = cursor.text.charAt(look);
      if (c == '\r' && !cursor.text.startsWith("\r\n", look)) {
        throw cursor.invalid("a control character in a string");
      }
      if (!line && c == '\n') {
        line = true;
      }
      look++;
    }
    if (line) {
      cursor.at = look;
    }
    return line;
  }

  private void escape(StringBuilder content) {
    cursor.at++;
    char c = cursor.here();
    cursor.at++;
    switch (c) {
      case 'b' -> content.append('\b');
      case 't' -> content.append('\t');
      case 'n' -> content.append('\n');
      case 'f' -> content.append('\f');
      case 'r' -> content.append('\r');
      case '"' -> content.append('"');
      case '\\' -> content.append('\\');
      case 'u' -> content.appendCodePoint(scalar(4));
      case 'U' -> content.appendCodePoint(scalar(8));
      default -> throw cursor.invalid("an unknown escape in a string");
    }
  }

  private int scalar(int digits) {
    long code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(cursor.here(), 16);
      if (digit < 0 || cursor.here() > 'f') {
        throw cursor.invalid("an escape lacks digits");
      }
      code = code * 16 + digit;
      cursor.at++;
    }
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      throw cursor.invalid("an escape names no character");
    }
    return (int) code;
  }
}
