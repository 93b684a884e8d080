package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random documents with random edits: nothing outside of the edited values changes. */
class JsonEditsTest {
  private static final int DOCUMENTS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyByteOutsideOfTheEditsStays(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < DOCUMENTS; i++) {
      RandomJson document = new RandomJson(random);
      byte[] bytes = document.bytes();
      JsonValue root = read(bytes);
      List<JsonValue> texts = Examples.texts(root);
      assertThat(texts.stream().map(text -> text.text().orElseThrow()))
          .as("seed %d, document %d", seed, i)
          .containsExactlyInAnyOrderElementsOf(document.texts());
      Map<JsonValue, String> edits = new HashMap<>();
      for (JsonValue text : texts) {
        if (random.nextInt(3) == 0) {
          edits.put(text, RandomJson.text(random));
        }
      }
      byte[] edited = JsonEdits.apply(bytes, edits);
      assertThat(outside(edited, edits(edited, root, edits)))
          .as("seed %d, document %d: %s", seed, i, new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(outside(bytes, new ArrayList<>(edits.keySet())));
    }
  }

  /** The edited values as they are found in the edited document, with the wanted texts. */
  private static List<JsonValue> edits(byte[] edited, JsonValue root, Map<JsonValue, String> edits)
      throws IOException {
    List<JsonValue> before = Examples.texts(root);
    List<JsonValue> after = Examples.texts(read(edited));
    assertThat(after).hasSameSizeAs(before);
    List<JsonValue> found = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      String wanted = edits.getOrDefault(before.get(i), before.get(i).text().orElseThrow());
      assertThat(after.get(i).text()).contains(wanted);
      if (edits.containsKey(before.get(i))) {
        found.add(after.get(i));
      }
    }
    return found;
  }

  private static JsonValue read(byte[] bytes) throws IOException {
    return Objects.requireNonNull(JsonReader.read(bytes));
  }

  /** The document with an empty string for each of the values. */
  private static String outside(byte[] bytes, List<JsonValue> values) {
    StringBuilder rest = new StringBuilder();
    int copied = 0;
    List<JsonValue> sorted = new ArrayList<>(values);
    sorted.sort((one, other) -> Integer.compare(one.start(), other.start()));
    for (JsonValue value : sorted) {
      rest.append(new String(bytes, copied, value.start() - copied, StandardCharsets.ISO_8859_1));
      rest.append('^');
      copied = value.end();
    }
    rest.append(new String(bytes, copied, bytes.length - copied, StandardCharsets.ISO_8859_1));
    return rest.toString();
  }
}
