package dev.tidepool.workflow;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Puts strings in the place of values of a document, and copies every other byte. */
final class JsonEdits {
  private JsonEdits() {}

  /** A value that holds the wanted text already keeps its spelling. */
  static byte[] apply(byte[] bytes, Map<JsonValue, String> values) {
    List<JsonValue> places =
        values.keySet().stream().sorted((a, b) -> Integer.compare(a.start(), b.start())).toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    boolean escapes = JsonText.escapes(bytes);
    int copied = 0;
    for (JsonValue place : places) {
      if (place.start() < copied) {
        throw new IllegalArgumentException("one value is inside of another: " + place);
      }
      String text = String.valueOf(values.get(place));
      if (!place.isText() || !place.text().orElseThrow().equals(text)) {
        out.write(bytes, copied, place.start() - copied);
        JsonText.write(text, escapes, out);
        copied = place.end();
      }
    }
    out.write(bytes, copied, bytes.length - copied);
    return out.toByteArray();
  }
}
