package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One run of a graph on the server.
 *
 * @param id the prompt's id
 * @param refused what was refused before it began
 * @param events about it, from its start to its end
 */
record PromptRun(String id, List<Failure> refused, List<ServerEvents.Event> events) {
  /** A run that never began. */
  static PromptRun refused(List<Failure> failures) {
    return new PromptRun("", failures, List.of());
  }

  boolean began() {
    return !id.isEmpty();
  }

  /** Whether somebody or something stopped it. */
  boolean interrupted() {
    return events.stream().anyMatch(event -> event.type().equals("execution_interrupted"));
  }

  List<Failure> failures() {
    List<Failure> failures = new ArrayList<>(refused);
    for (ServerEvents.Event event : events) {
      if (event.type().equals("execution_error")) {
        failures.add(
            new Failure(
                event.data().path("node_id").asText(),
                event.data().path("exception_type").asText(),
                event.data().path("exception_message").asText().strip()));
      }
    }
    return failures;
  }

  NavigableSet<String> executed() {
    NavigableSet<String> nodes = new TreeSet<>();
    events.forEach(event -> started(event).ifPresent(nodes::add));
    return nodes;
  }

  NavigableSet<String> cached() {
    NavigableSet<String> nodes = new TreeSet<>();
    for (ServerEvents.Event event : events) {
      if (event.type().equals("execution_cached")) {
        event.data().path("nodes").forEach(node -> nodes.add(node.asText()));
      }
    }
    return nodes;
  }

  /** The times of the nodes; each lasts until the next begins or the prompt ends. */
  List<NodeTime> times(JsonNode prompt) {
    List<NodeTime> times = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Optional<String> node = started(events.get(i));
      if (node.isPresent()) {
        long begin = events.get(i).nanos();
        long end = begin;
        for (int next = i + 1; next < events.size() && end == begin; next++) {
          if (events.get(next).type().equals("executing")) {
            end = events.get(next).nanos();
          }
        }
        times.add(
            new NodeTime(
                node.get(),
                prompt.path(node.get()).path("class_type").asText(),
                Duration.ofNanos(begin - events.get(0).nanos()),
                Duration.ofNanos(end - begin)));
      }
    }
    return times;
  }

  private static Optional<String> started(ServerEvents.Event event) {
    JsonNode node = event.data().path("node");
    return event.type().equals("executing") && !node.isNull() && !node.isMissingNode()
        ? Optional.of(node.asText())
        : Optional.empty();
  }
}
