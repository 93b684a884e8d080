package dev.tidepool.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON that stands in a string of JSON. */
final class JsonNested {
  private JsonNested() {}

  /** The items of a list, or of the list that a string spells; none for everything else. */
  static List<JsonValue> items(JsonValue value) {
    if (!value.isText()) {
      return value.items();
    }
    try {
      byte[] bytes = value.text().orElseThrow().getBytes(StandardCharsets.UTF_8);
      @Nullable JsonValue nested = JsonReader.read(bytes);
      return nested == null ? List.of() : nested.items();
    } catch (IOException e) {
      return List.of();
    }
  }
}
