package dev.tidepool.workflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A random JSON document, spelled in every way that RFC 8259 allows. */
final class RandomJson {
  private static final String[] NUMBERS = {
    "0", "-0", "1.0", "1e5", "-1.50E-07", "123456789012345678901234567890", "NaN", "-Infinity"
  };
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n", "  \n  "};
  private static final String CHARACTERS = "aZ09 _/\\\"\n\t\u0001\u007f\u00e9\u20ac\uffff";

  private final Random random;
  private final StringBuilder json = new StringBuilder();
  private final List<String> texts = new ArrayList<>();

  RandomJson(Random random) {
    this.random = random;
    if (random.nextInt(4) == 0) {
      json.append('\ufeff');
    }
    value(0);
    space();
  }

  byte[] bytes() {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Every string in the document that is no name of a field. */
  List<String> texts() {
    return texts;
  }

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(8) == 0) {
        text.appendCodePoint(0x1f600 + random.nextInt(50));
      } else {
        text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
    }
    return text.toString();
  }

  private void value(int depth) {
    space();
    int kind = random.nextInt(depth > 5 ? 4 : 8);
    switch (kind) {
      case 0 -> json.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 1 -> json.append(random.nextInt(2) == 0 ? "null" : "true");
      case 2, 3 -> {
        String text = text(random);
        texts.add(text);
        spell(text);
      }
      default -> many(kind % 2 == 0, depth);
    }
  }

  private void many(boolean object, int depth) {
    json.append(object ? '{' : '[');
    for (int i = random.nextInt(5); i > 0; i--) {
      if (object) {
        space();
        spell(random.nextInt(3) == 0 ? "same" : text(random));
        space();
        json.append(':');
      }
      value(depth + 1);
      space();
      json.append(i > 1 ? "," : "");
    }
    space();
    json.append(object ? '}' : ']');
  }

  private void spell(String text) {
    json.append('"');
    text.codePoints().forEach(this::spell);
    json.append('"');
  }

  private void spell(int c) {
    if (c == '"' || c == '\\') {
      json.append('\\').appendCodePoint(c);
    } else if (c < ' ' || random.nextInt(6) == 0) {
      String form = random.nextInt(2) == 0 ? "\\u%04x" : "\\u%04X";
      for (char unit : Character.toChars(c)) {
        json.append(String.format(Locale.ROOT, form, (int) unit));
      }
    } else if (c == '/' && random.nextInt(2) == 0) {
      json.append("\\/");
    } else {
      json.appendCodePoint(c);
    }
  }

  private void space() {
    json.append(SPACES[random.nextInt(SPACES.length)]);
  }
}
