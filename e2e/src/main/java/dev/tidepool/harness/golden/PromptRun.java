package dev.tidepool.harness.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.harness.ServerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One run of a graph on the server.
 *
 * @param id the prompt's id
 * @param refused what was refused before it began
 * @param events about it, from its start to its end
 * @param timings how long its nodes took, in their order
 */
record PromptRun(
    String id,
    List<Failure> refused,
    List<ServerEvent.OfPrompt> events,
    Map<String, Duration> timings) {
  /** A run that never began. */
  static PromptRun refused(List<Failure> failures) {
    return new PromptRun("", failures, List.of(), Map.of());
  }

  boolean began() {
    return !id.isEmpty();
  }

  /** Whether somebody or something stopped it. */
  boolean interrupted() {
    return all(ServerEvent.Interrupted.class).findAny().isPresent();
  }

  List<Failure> failures() {
    List<Failure> failures = new ArrayList<>(refused);
    all(ServerEvent.Failed.class)
        .map(ServerEvent.Failed::error)
        .map(error -> new Failure(error.node(), error.exceptionType(), error.message()))
        .forEach(failures::add);
    return failures;
  }

  NavigableSet<String> executed() {
    NavigableSet<String> nodes = new TreeSet<>();
    all(ServerEvent.Executing.class)
        .forEach(
            event -> {
              if (event.node() != null) {
                nodes.add(event.node());
              }
            });
    return nodes;
  }

  NavigableSet<String> cached() {
    NavigableSet<String> nodes = new TreeSet<>();
    all(ServerEvent.Cached.class).forEach(event -> nodes.addAll(event.nodes()));
    return nodes;
  }

  /** The times of the nodes; each lasts until the next begins or the prompt ends. */
  List<NodeTime> times(JsonNode prompt) {
    List<NodeTime> times = new ArrayList<>();
    Duration begin = Duration.ZERO;
    for (Map.Entry<String, Duration> node : timings.entrySet()) {
      String type = prompt.path(node.getKey()).path("class_type").asText();
      times.add(new NodeTime(node.getKey(), type, begin, node.getValue()));
      begin = begin.plus(node.getValue());
    }
    return times;
  }

  private <T extends ServerEvent> Stream<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }
}
