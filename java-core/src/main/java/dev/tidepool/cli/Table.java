package dev.tidepool.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, for people. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> titles;

  Table(String... titles) {
    this.titles = List.of(titles);
  }

  void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(PrintableText.of(cell));
    }
    rows.add(row);
  }

  void print(Terminal terminal) {
    int[] widths = widths();
    String head = line(titles, widths);
    terminal.out().println(terminal.coloursOut() ? "\u001b[1m" + head + "\u001b[0m" : head);
    for (List<String> row : rows) {
      terminal.out().println(line(row, widths));
    }
  }

  private int[] widths() {
    int[] widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(titles.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(cells.get(i));
      if (i < cells.size() - 1) {
        line.append(" ".repeat(widths[i] - width(cells.get(i)) + 2));
      }
    }
    return line.toString();
  }

  /** How many columns of a terminal the text takes: East Asian characters take two, marks none. */
  private static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      width += width(text.codePointAt(i));
    }
    return width;
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  // The wide blocks of Unicode's EastAsianWidth.txt, in outline, and the emoji.
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd));
  }
}
