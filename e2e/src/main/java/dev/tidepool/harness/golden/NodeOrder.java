package dev.tidepool.harness.golden;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sorts ids of nodes as a person does: 2 before 10, and 5:2 before 5:10. */
final class NodeOrder implements Comparator<String> {
  static final NodeOrder INSTANCE = new NodeOrder();

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private NodeOrder() {}

  @Override
  public int compare(String one, String other) {
    int order = key(one).compareTo(key(other));
    return order != 0 ? order : one.compareTo(other);
  }

  /** Numbers get their length in front, so that they sort as texts. */
  private static String key(String id) {
    Matcher numbers = NUMBER.matcher(id);
    return numbers.replaceAll(
        found -> (char) ('0' + Math.min(found.group().length(), 60)) + found.group());
  }
}
