package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two files hold the same workflow as people see it. What ComfyUI rewrites by itself when a
 * workflow is only looked at does not count: the visible part of the canvas ({@code extra.ds}), the
 * versions of the editor ({@code extra.frontendVersion}, {@code extra.workflowRendererVersion}),
 * how often it was saved ({@code revision}) and the document's own {@code id}. Everything else
 * does: a seed that ComfyUI drew, too, since it makes the picture.
 */
public final class SavedContent {
  private static final Set<String> VIEW =
      Set.of("ds", "frontendVersion", "workflowRendererVersion");

  private SavedContent() {}

  /** Whether the workflows differ at most in what does not count. */
  public static boolean same(Workflow one, Workflow other) {
    return one.format() == other.format() && graphs(one.json(), other.json(), true);
  }

  private static boolean graphs(JsonValue one, JsonValue other, boolean root) {
    Map<String, JsonValue> mine = one.fields();
    Map<String, JsonValue> theirs = other.fields();
    for (Map<String, JsonValue> fields : List.of(mine, theirs)) {
      fields.remove("revision");
      if (root) {
        fields.remove("id");
      }
    }
    boolean same =
        extras(remove(mine, "extra"), remove(theirs, "extra"))
            && definitions(remove(mine, "definitions"), remove(theirs, "definitions"));
    return same && same(mine, theirs);
  }

  private static Optional<JsonValue> remove(Map<String, JsonValue> fields, String name) {
    return Optional.ofNullable(fields.remove(name));
  }

  private static boolean extras(Optional<JsonValue> one, Optional<JsonValue> other) {
    boolean plain = one.isPresent() && !one.get().isObject();
    plain |= other.isPresent() && !other.get().isObject();
    return plain ? JsonSame.test(one, other) : same(counted(one), counted(other));
  }

  private static Map<String, JsonValue> counted(Optional<JsonValue> extra) {
    Map<String, JsonValue> fields = extra.map(JsonValue::fields).orElseGet(java.util.HashMap::new);
    fields.keySet().removeIf(VIEW::contains);
    return fields;
  }

  private static boolean definitions(Optional<JsonValue> one, Optional<JsonValue> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() && other.isEmpty();
    }
    List<JsonValue> mine = one.get().list("subgraphs");
    List<JsonValue> theirs = other.get().list("subgraphs");
    List<Boolean> same = new ArrayList<>();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      same.add(graphs(mine.get(i), theirs.get(i), false));
    }
    Map<String, JsonValue> mineElse = one.get().fields();
    Map<String, JsonValue> theirsElse = other.get().fields();
    mineElse.remove("subgraphs");
    theirsElse.remove("subgraphs");
    return mine.size() == theirs.size() && !same.contains(false) && same(mineElse, theirsElse);
  }

  private static boolean same(Map<String, JsonValue> one, Map<String, JsonValue> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(
                field ->
                    JsonSame.test(
                        Optional.of(field.getValue()),
                        Optional.ofNullable(other.get(field.getKey()))));
  }
}
