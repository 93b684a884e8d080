package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares what a run found with its golden. */
final class Comparison {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private final TestSettings settings;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(TestSettings settings) {
    this.settings = settings;
  }

  /** All differences, beyond what the settings allow. */
  static List<Difference> of(Results expected, Results actual, TestSettings settings) {
    Comparison comparison = new Comparison(settings);
    comparison.failures(expected.failures(), actual.failures());
    comparison.outputs(expected.outputs(), actual.outputs());
    comparison.nodes("executed nodes", settings.executed(), expected.executed(), actual.executed());
    // After a failure there is no second run to compare.
    boolean cached = settings.cached() && actual.failures().isEmpty();
    comparison.nodes("nodes cached in a second run", cached, expected.cached(), actual.cached());
    return List.copyOf(comparison.differences);
  }

  private void failures(List<Failure> expected, List<Failure> actual) {
    List<Failure> missing = without(expected, actual);
    for (Failure failure : without(actual, expected)) {
      Optional<Failure> other =
          missing.stream().filter(candidate -> isSameNode(candidate, failure)).findFirst();
      other.ifPresent(missing::remove);
      String expectation =
          other
              .map(wanted -> "; expected " + wanted.type() + ": " + wanted.message())
              .orElse(
                  expected.stream().anyMatch(wanted -> isSameNode(wanted, failure))
                      ? "; this error was not expected"
                      : "; no error was expected there");
      differences.add(
          Difference.of(place(failure), failure.type() + ": " + failure.message() + expectation));
    }
    for (Failure failure : missing) {
      boolean failed = actual.stream().anyMatch(found -> isSameNode(found, failure));
      differences.add(
          Difference.of(
              place(failure),
              "did not fail%s; expected %s: %s"
                  .formatted(failed ? " so" : "", failure.type(), failure.message())));
    }
  }

  /** What is left when each of the others takes one that equals it away. */
  private static List<Failure> without(List<Failure> all, List<Failure> others) {
    List<Failure> rest = new ArrayList<>(all);
    others.forEach(rest::remove);
    return rest;
  }

  private static boolean isSameNode(Failure one, Failure other) {
    return one.node().equals(other.node());
  }

  private static String place(Failure failure) {
    return failure.node().isEmpty() ? "workflow" : "node " + failure.node();
  }

  private void outputs(
      NavigableMap<String, NavigableMap<String, List<Output>>> expected,
      NavigableMap<String, NavigableMap<String, List<Output>>> actual) {
    for (String node : union(NodeOrder.INSTANCE, expected.keySet(), actual.keySet())) {
      Tolerance tolerance = settings.tolerance(node);
      if (tolerance.compared()) {
        NavigableMap<String, List<Output>> before = expected.getOrDefault(node, new TreeMap<>());
        NavigableMap<String, List<Output>> after = actual.getOrDefault(node, new TreeMap<>());
        for (String name : union(null, before.keySet(), after.keySet())) {
          outputs(
              "node %s, %s".formatted(node, name),
              before.getOrDefault(name, List.of()),
              after.getOrDefault(name, List.of()),
              tolerance);
        }
      }
    }
  }

  private static NavigableSet<String> union(
      java.util.@org.jspecify.annotations.Nullable Comparator<String> order,
      Set<String> one,
      Set<String> other) {
    NavigableSet<String> all = new TreeSet<>(order);
    all.addAll(one);
    all.addAll(other);
    return all;
  }

  private void outputs(
      String place, List<Output> expected, List<Output> actual, Tolerance tolerance) {
    int count = Math.max(expected.size(), actual.size());
    for (int i = 0; i < count; i++) {
      String numbered = count == 1 ? place : place + " " + (i + 1);
      if (i >= actual.size()) {
        differences.add(oneSided(numbered, "missing: expected ", expected.get(i), true));
      } else if (i >= expected.size()) {
        differences.add(oneSided(numbered, "new: ", actual.get(i), false));
      } else {
        output(numbered, expected.get(i), actual.get(i), tolerance).ifPresent(differences::add);
      }
    }
  }

  private static Difference oneSided(
      String place, String verb, Output output, boolean expectedSide) {
    Optional<Content> content =
        output instanceof Output.Produced produced
            ? Optional.of(produced.content())
            : Optional.empty();
    Optional<Difference.Files> files =
        content.map(
            file ->
                new Difference.Files(
                    expectedSide ? content : Optional.empty(),
                    expectedSide ? Optional.empty() : content,
                    Optional.empty()));
    return new Difference(place, verb + described(output), files);
  }

  private static Optional<Difference> output(
      String place, Output expected, Output actual, Tolerance tolerance) {
    if (expected instanceof Output.Value before && actual instanceof Output.Value after) {
      return value(before.value(), after.value(), tolerance)
          .map(text -> Difference.of(place, text));
    }
    if (expected instanceof Output.Produced before && actual instanceof Output.Produced after) {
      return new ContentComparison(place, before.content(), after.content()).difference(tolerance);
    }
    return Optional.of(
        Difference.of(
            place, "expected %s, found %s".formatted(described(expected), described(actual))));
  }

  private static Optional<String> value(JsonNode expected, JsonNode actual, Tolerance tolerance) {
    Optional<Double> before = number(expected);
    Optional<Double> after = number(actual);
    if (before.isPresent() && after.isPresent()) {
      double difference = Math.abs(before.get() - after.get());
      boolean same = expected.asText().equals(actual.asText());
      return same || tolerance.allows(difference)
          ? Optional.empty()
          : Optional.of("expected %s, found %s".formatted(expected.asText(), actual.asText()));
    }
    if (expected.equals(actual)) {
      return Optional.empty();
    }
    return Optional.of(
        expected.isTextual() && actual.isTextual()
            ? ContentComparison.lines(expected.asText(), actual.asText())
            : ContentComparison.lines(expected.toPrettyString(), actual.toPrettyString()));
  }

  /** A number, or a text that is one: Preview as Text shows numbers so. */
  private static Optional<Double> number(JsonNode value) {
    return value.isNumber() || (value.isTextual() && NUMBER.matcher(value.asText()).matches())
        ? Optional.of(Double.valueOf(value.asText()))
        : Optional.empty();
  }

  private static String described(Output output) {
    if (output instanceof Output.Produced produced) {
      Content content = produced.content();
      return "a file: " + content.kind().word() + content.extension();
    }
    String text = ((Output.Value) output).value().toString();
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  private void nodes(
      String place, boolean compared, NavigableSet<String> expected, NavigableSet<String> actual) {
    if (!compared || expected.equals(actual)) {
      return;
    }
    NavigableSet<String> missing = without(expected, actual);
    NavigableSet<String> more = without(actual, expected);
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("missing " + String.join(", ", missing));
    }
    if (!more.isEmpty()) {
      parts.add("new " + String.join(", ", more));
    }
    differences.add(Difference.of(place, String.join("; ", parts)));
  }

  private static NavigableSet<String> without(
      NavigableSet<String> all, NavigableSet<String> others) {
    NavigableSet<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }
}
