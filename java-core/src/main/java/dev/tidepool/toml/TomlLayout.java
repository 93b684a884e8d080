package dev.tidepool.toml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text with its statements in order, and what they say. */
record TomlLayout(String text, List<TomlStatement> statements, Map<String, Object> root) {
  /** The entry that stands for the path itself, or for what it lies in. */
  Optional<TomlStatement> entryAround(List<Object> path) {
    return statements.stream()
        .filter(s -> !s.isHeader() && path.size() >= s.path().size())
        .filter(s -> path.subList(0, s.path().size()).equals(s.path()))
        .findFirst();
  }

  List<TomlStatement> below(List<Object> path) {
    return statements.stream().filter(s -> s.isBelow(path)).toList();
  }

  Optional<TomlStatement> header(List<Object> path) {
    return statements.stream().filter(s -> s.isHeader() && s.path().equals(path)).findFirst();
  }

  /** The entries that stand under the header of this very table, the root's included. */
  List<TomlStatement> body(List<Object> table) {
    return statements.stream()
        .filter(s -> !s.isHeader() && s.header() == table.size() && s.isBelow(table))
        .toList();
  }

  /** An entry whose dotted key names the table on its way, if the table is made by such. */
  Optional<TomlStatement> lastDotted(List<Object> table) {
    return statements.stream()
        .filter(s -> !s.isHeader() && s.header() < table.size() && s.isBelow(table))
        .filter(s -> s.path().size() > table.size())
        .reduce((first, second) -> second);
  }

  String lineEnd() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /** Where the comment lines begin that stand directly above. */
  int withComments(int start) {
    int at = start;
    while (at > 0) {
      int line = text.lastIndexOf('\n', at - 2) + 1;
      if (!text.substring(line, at).stripLeading().startsWith("#")) {
        return at;
      }
      at = line;
    }
    return at;
  }

  /** Where the lines that are blank end. */
  int afterBlanks(int start) {
    int at = start;
    while (at < text.length()) {
      int end = lineAfter(at);
      if (!text.substring(at, end).isBlank()) {
        return at;
      }
      at = end;
    }
    return at;
  }

  /** Where the comment lines end. */
  int afterComments(int start) {
    int at = start;
    while (at < text.length() && text.substring(at, lineAfter(at)).stripLeading().startsWith("#")) {
      at = lineAfter(at);
    }
    return at;
  }

  /** Where blank lines begin that end here. */
  int beforeBlanks(int end) {
    int at = end;
    while (at > 0) {
      int line = text.lastIndexOf('\n', at - 2) + 1;
      if (!text.substring(line, at).isBlank()) {
        return at;
      }
      at = line;
    }
    return at;
  }

  private int lineAfter(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }
}
