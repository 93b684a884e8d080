package dev.tidepool.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether two JSON values mean the same: spelling and the order of fields do not count. */
final class JsonSame {
  private JsonSame() {}

  static boolean test(Optional<JsonValue> one, Optional<JsonValue> other) {
    return one.isPresent() == other.isPresent()
        && (one.isEmpty() || test(one.get(), other.orElseThrow()));
  }

  static boolean test(JsonValue one, JsonValue other) {
    if (one.kind() != other.kind()) {
      return false;
    }
    return switch (one.kind()) {
      case TEXT -> one.text().equals(other.text());
      case NUMBER -> numbers(one.text().orElseThrow(), other.text().orElseThrow());
      case BOOLEAN -> one.isTrue() == other.isTrue();
      case NULL -> true;
      case LIST -> lists(one.items(), other.items());
      case OBJECT -> fields(one).equals(fields(other));
    };
  }

  private static boolean numbers(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    // Whole numbers beyond 2^53 would be equal as floating-point ones.
    boolean whole = isWhole(one) && isWhole(other);
    return !whole && floating(one).equals(floating(other));
  }

  private static boolean isWhole(String number) {
    return number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  private static Optional<Double> floating(String number) {
    try {
      return Optional.of(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean lists(List<JsonValue> one, List<JsonValue> other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = test(one.get(i), other.get(i));
    }
    return same;
  }

  private static Map<String, Value> fields(JsonValue object) {
    Map<String, Value> fields = new HashMap<>();
    for (int i = 0; i < object.names().size(); i++) {
      fields.put(object.names().get(i), new Value(object.values().get(i)));
    }
    return fields;
  }

  private record Value(JsonValue json) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Value value && test(json, value.json);
    }

    @Override
    public int hashCode() {
      return json.kind().hashCode();
    }
  }
}
