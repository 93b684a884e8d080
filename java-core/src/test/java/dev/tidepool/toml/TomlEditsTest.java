package dev.tidepool.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random documents in all forms that TOML has, changed at random; tomlj says what they mean. */
class TomlEditsTest {
  private static final int EDITS = 6;

  static IntStream seeds() {
    return IntStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void onlyWhatWasAskedForChanges(int seed) {
    Random random = new Random(seed);
    RandomToml made = new RandomToml(random);
    TomlDocument document = TomlDocument.parse(made.text(), "seed " + seed);
    Map<String, Object> model = made.model();
    assertSays(document, model, "seed " + seed + " as made\n" + made.text());
    for (int i = 0; i < EDITS; i++) {
      List<String> path = made.somePath(model);
      boolean remove = random.nextInt(3) == 0;
      String before = document.text();
      Object value = made.value(2);
      boolean isNew = !remove && document.get(path.toArray(new String[0])) == null;
      document = remove ? document.without(path) : document.with(path, made.laidOut(value));
      model = remove ? Models.without(model, path) : Models.with(model, path, value);
      String what =
          "seed "
              + seed
              + " edit "
              + i
              + (remove ? " without " : " with ")
              + path
              + " = "
              + value
              + "\n--- before\n"
              + before
              + "\n--- after\n"
              + document.text();
      if (remove) {
        assertThat(Models.pruned(said(document))).as(what).isEqualTo(Models.pruned(model));
        model = Models.map(said(document));
      }
      assertSays(document, model, what);
      if (isNew) {
        assertKeepsComments(before, document.text(), what);
      }
    }
  }

  private static Object said(TomlDocument document) {
    return Objects.requireNonNull(document.get());
  }

  private static void assertSays(TomlDocument document, Map<String, Object> model, String what) {
    assertThat(document.get()).as(what).isEqualTo(model);
    assertThat(Oracle.read(document.text())).as(what).isEqualTo(model);
  }

  private static void assertKeepsComments(String before, String after, String what) {
    List<String> kept = new ArrayList<>(after.lines().toList());
    for (String line : before.lines().toList()) {
      if (line.startsWith("# comment")) {
        assertThat(kept).as(what).contains(line);
      }
    }
  }

  /** The same changes on plain maps. */
  private static final class Models {
    private Models() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
      return (Map<String, Object>) value;
    }

    static Map<String, Object> with(Map<String, Object> old, List<String> path, Object value) {
      Map<String, Object> changed = new LinkedHashMap<>(old);
      String key = path.get(0);
      Object inner = old.get(key) instanceof Map<?, ?> map ? map : Map.of();
      changed.put(
          key, path.size() == 1 ? value : with(map(inner), path.subList(1, path.size()), value));
      return changed;
    }

    static Map<String, Object> without(Map<String, Object> old, List<String> path) {
      Map<String, Object> changed = new LinkedHashMap<>(old);
      String key = path.get(0);
      if (path.size() == 1) {
        changed.remove(key);
      } else if (old.get(key) instanceof Map<?, ?> map) {
        changed.put(key, without(map(map), path.subList(1, path.size())));
      }
      return changed;
    }

    /** Without empty tables: those that no header makes go with their last entry. */
    static Object pruned(Object value) {
      if (!(value instanceof Map<?, ?> map)) {
        return value;
      }
      Map<Object, Object> pruned = new LinkedHashMap<>();
      map.forEach(
          (key, element) -> {
            Object inner = pruned(element);
            if (!(inner instanceof Map<?, ?> table && table.isEmpty())) {
              pruned.put(key, inner);
            }
          });
      return pruned;
    }
  }
}
