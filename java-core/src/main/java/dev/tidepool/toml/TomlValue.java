package dev.tidepool.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as it stands in the text, from {@code start} to before {@code end}. */
sealed interface TomlValue {
  int start();

  int end();

  /** The value as plain Java. */
  Object plain();

  /** A string, a number, a boolean or a date. */
  record Scalar(int start, int end, Object plain) implements TomlValue {}

  /** An array between brackets. */
  record Array(int start, int end, List<TomlValue> items) implements TomlValue {
    @Override
    public List<Object> plain() {
      List<Object> plain = new ArrayList<>(items.size());
      for (TomlValue item : items) {
        plain.add(item.plain());
      }
      return Collections.unmodifiableList(plain);
    }
  }

  /** A table between braces. */
  record Inline(int start, int end, List<Member> members, Map<String, Object> table)
      implements TomlValue {
    @Override
    public Map<String, Object> plain() {
      return table;
    }

    boolean hasDottedKeys() {
      return members.stream().anyMatch(member -> member.key().size() > 1);
    }

    Map<String, Member> byKey() {
      Map<String, Member> found = new LinkedHashMap<>();
      for (Member member : members) {
        found.put(member.key().get(0), member);
      }
      return found;
    }
  }

  /** One entry of a table between braces; its key begins at {@code start}. */
  record Member(List<String> key, int start, TomlValue value) {}
}
