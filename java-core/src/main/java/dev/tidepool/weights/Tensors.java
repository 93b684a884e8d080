package dev.tidepool.weights;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a header's tensors come to: their number, their types, what their names give away. */
final class Tensors {
  /** As many types as no format has. */
  private static final int MOST_TYPES = 100;

  /** {@code F16}, {@code F8_E4M3}, {@code Q4_K}, {@code IQ2_XXS}. */
  private static final Pattern TYPE = Pattern.compile("[A-Z0-9_]{1,16}");

  private final Map<String, Long> parameters = new TreeMap<>();
  private final KindGuess guess = new KindGuess();
  private long count;

  /** A product of two numbers from 0 on; what no number can hold counts as the largest one. */
  static long times(long one, long other) throws BrokenHeaderException {
    if (other < 0) {
      throw new BrokenHeaderException("it has a side below zero");
    }
    return Math.multiplyHigh(one, other) != 0 || one * other < 0 ? Long.MAX_VALUE : one * other;
  }

  void add(String name, String type, long size) throws BrokenHeaderException {
    count++;
    guess.see(name);
    String known = type.toUpperCase(Locale.ROOT);
    if (!TYPE.matcher(known).matches()) {
      throw new BrokenHeaderException("it has a type of numbers that is none");
    }
    if (parameters.size() < MOST_TYPES || parameters.containsKey(known)) {
      parameters.merge(known, size, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    }
  }

  WeightsHeader header(String format, Metadata metadata) {
    return new WeightsHeader(
        format,
        guess.kind(metadata),
        metadata.baseModel(),
        metadata.title(),
        metadata.triggerWords(),
        count,
        precision());
  }

  private Optional<String> precision() {
    return parameters.entrySet().stream()
        .max(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }
}
