package dev.tidepool.nodepack;

import java.math.BigInteger;

/** The order of versions: numbers by their value, and what is no release before the release. */
final class Versions {
  private Versions() {}

  static int compare(String a, String b) {
    String[] left = a.split("[.+_-]", -1);
    String[] right = b.split("[.+_-]", -1);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int order = comparePart(i < left.length ? left[i] : "0", i < right.length ? right[i] : "0");
      if (order != 0) {
        return order;
      }
    }
    return a.compareTo(b);
  }

  private static int comparePart(String a, String b) {
    boolean numberA = a.matches("[0-9]+");
    boolean numberB = b.matches("[0-9]+");
    if (numberA && numberB) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    // 1.0-rc1 comes before 1.0.
    return numberA == numberB ? a.compareTo(b) : numberA ? 1 : -1;
  }
}
