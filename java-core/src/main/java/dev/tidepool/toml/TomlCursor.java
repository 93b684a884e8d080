package dev.tidepool.toml;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.util.ArrayList;
import java.util.List;

/** A place in a TOML text, and the small things that are read there. */
final class TomlCursor {
  final String text;
  private final String name;
  int at;

  TomlCursor(String text, String name) {
    this.text = text;
    this.name = name;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The character here; 0 at the end, which is no character of any TOML file. */
  char here() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  boolean sees(String wanted) {
    return text.startsWith(wanted, at);
  }

  boolean skip(String wanted) {
    boolean there = sees(wanted);
    at += there ? wanted.length() : 0;
    return there;
  }

  void expect(String wanted) {
    if (!skip(wanted)) {
      throw invalid("expected " + wanted);
    }
  }

  void skipBlanks() {
    while (here() == ' ' || here() == '\t') {
      at++;
    }
  }

  /** Skips blanks, comments and line ends. */
  void skipToNext() {
    while (true) {
      skipBlanks();
      if (!atLineEnd() && here() != '#') {
        return;
      }
      endLine();
      if (atEnd()) {
        return;
      }
    }
  }

  /** Skips what may follow a statement: blanks, a comment, the line's end. */
  void endLine() {
    skipBlanks();
    if (here() == '#') {
      while (!atEnd() && !atLineEnd()) {
        if (isControl(here())) {
          throw invalid("a control character in a comment");
        }
        at++;
      }
    }
    if (!atEnd() && !skip("\n") && !skip("\r\n")) {
      throw invalid("expected the end of the line");
    }
  }

  private boolean atLineEnd() {
    return here() == '\n' || sees("\r\n");
  }

  /** Reads a key of one or more parts. */
  List<String> key() {
    List<String> parts = new ArrayList<>(2);
    do {
      skipBlanks();
      parts.add(part());
      skipBlanks();
    } while (skip("."));
    return parts;
  }

  private String part() {
    if (here() == '"' || here() == '\'') {
      return new TomlStrings(this).line();
    }
    int start = at;
    while (isBare(here())) {
      at++;
    }
    if (at == start) {
      throw invalid("expected a key");
    }
    return text.substring(start, at);
  }

  static boolean isBare(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  static boolean isControl(char c) {
    return (c < 0x20 && c != '\t') || c == 0x7f;
  }

  TidepoolException invalid(String why) {
    return invalid(why, at);
  }

  TidepoolException invalid(String why, int where) {
    int line =
        1
            + (int)
                text.substring(0, Math.min(where, text.length()))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "toml-invalid",
        name + ", line " + line + ": " + why + ".",
        "Mend that line, or take the file back from an earlier version.");
  }
}
