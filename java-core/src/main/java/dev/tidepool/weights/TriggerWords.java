package dev.tidepool.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the words that call up a model. */
final class TriggerWords {
  private static final int MOST_TAGS = 100_000;

  private TriggerWords() {}

  /** The parts of a phrase, which commas separate. */
  static List<String> ofPhrase(String phrase) {
    return distinct(Stream.of(phrase.split(",")));
  }

  /**
   * The most frequent tags of the pictures that a LoRA was trained with.
   *
   * @param json how often each tag stands in each folder: {@code {"10_sea":{"wave":10,"shore":4}}}.
   *     Anything else has no tags
   */
  static List<String> ofTags(String json) {
    Map<String, Long> counts = new HashMap<>();
    try (JsonParser parser = HeaderJson.parser(new StringReader(json))) {
      count(parser, counts);
    } catch (IOException e) {
      return List.of();
    }
    Comparator<Map.Entry<String, Long>> order =
        Map.Entry.<String, Long>comparingByValue().reversed();
    return distinct(
        counts.entrySet().stream()
            .sorted(order.thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey));
  }

  private static void count(JsonParser parser, Map<String, Long> counts) throws IOException {
    int depth = 0;
    String tag = "";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> tag = parser.currentName();
        case VALUE_NUMBER_INT -> {
          if (depth == 2 && (counts.size() < MOST_TAGS || counts.containsKey(tag))) {
            counts.merge(tag, Math.max(0, parser.getLongValue()), TriggerWords::sum);
          }
        }
        default -> {}
      }
    }
  }

  private static long sum(long one, long other) {
    return one + other < 0 ? Long.MAX_VALUE : one + other;
  }

  private static List<String> distinct(Stream<String> words) {
    return words
        .map(String::strip)
        .filter(word -> !word.isEmpty() && word.length() <= Metadata.LONGEST)
        .distinct()
        .limit(WeightsHeaders.MOST_WORDS)
        .toList();
  }
}
