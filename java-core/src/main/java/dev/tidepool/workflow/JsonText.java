package dev.tidepool.workflow;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Spells a string as JSON (RFC 8259, section 7). */
final class JsonText {
  private JsonText() {}

  /** Whether the document spells characters outside of ASCII as escapes, as Python does. */
  static boolean escapes(byte[] bytes) {
    boolean found = false;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
      if (bytes[i] == '\\') {
        // The escaped character, which may be a backslash itself.
        i++;
        found |= i < bytes.length && bytes[i] == 'u';
      }
    }
    return found;
  }

  /** Writes the string in quotes; what is no character of Unicode is always escaped. */
  static void write(String text, boolean escapes, ByteArrayOutputStream out) {
    out.write('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        ascii(c, out);
      } else if (!escapes && !isSurrogate(c)) {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      } else {
        for (char unit : Character.toChars(c)) {
          escape(unit, out);
        }
      }
    }
    out.write('"');
  }

  private static void ascii(int c, ByteArrayOutputStream out) {
    switch (c) {
      case '"', '\\' -> {
        out.write('\\');
        out.write(c);
      }
      case '\n' -> out.writeBytes(new byte[] {'\\', 'n'});
      case '\r' -> out.writeBytes(new byte[] {'\\', 'r'});
      case '\t' -> out.writeBytes(new byte[] {'\\', 't'});
      default -> {
        if (c < 0x20) {
          escape((char) c, out);
        } else {
          out.write(c);
        }
      }
    }
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static void escape(char unit, ByteArrayOutputStream out) {
    String spelled = String.format(Locale.ROOT, "\\u%04x", (int) unit);
    out.writeBytes(spelled.getBytes(StandardCharsets.US_ASCII));
  }
}
