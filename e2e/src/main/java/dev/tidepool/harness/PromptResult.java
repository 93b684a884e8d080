package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a prompt, read from {@code /history}.
 *
 * @param id the prompt's id
 * @param entry its entry in the history
 * @param timings how long each executed node took, in the order in which they began; empty when
 *     nobody listened, as for a prompt that the page queued
 */
public record PromptResult(String id, JsonNode entry, Map<String, Duration> timings) {
  /** A file that a node put out. */
  public record OutputFile(String name, String subfolder, String type) {}

  /** A result of which no timings are known. */
  public PromptResult(String id, JsonNode entry) {
    this(id, entry, Map.of());
  }

  /** The same with the nodes' timings. */
  PromptResult withTimings(Map<String, Duration> measured) {
    return new PromptResult(id, entry, measured);
  }

  /** Whether all nodes ran without an error. */
  public boolean succeeded() {
    return entry.at("/status/status_str").asText().equals("success");
  }

  /** This result, when the prompt succeeded; else an error with the server's words. */
  public PromptResult successful() {
    if (!succeeded()) {
      String reason = failure().map(PromptError::toString).orElse("it was interrupted");
      throw new AssertionError("prompt " + id + " failed: " + reason);
    }
    return this;
  }

  /** Whether somebody interrupted it. */
  public boolean interrupted() {
    return !message("execution_interrupted").isMissingNode();
  }

  /** Which node failed and why; empty when none did. */
  public Optional<PromptError> failure() {
    return Optional.of(message("execution_error"))
        .filter(data -> !data.isMissingNode())
        .map(PromptError::of);
  }

  /** The message of the exception that ended the prompt; empty when it succeeded. */
  public String error() {
    return failure().map(PromptError::message).orElse("");
  }

  /** The nodes whose results were taken from the cache. */
  public Set<String> cached() {
    return ids(message("execution_cached").path("nodes"));
  }

  /**
   * The nodes that ran to their end. After a success they are what the outputs need and the cache
   * did not have; a node whose lazy input was not asked for counts only where nobody listened.
   */
  public Set<String> executed() {
    if (!succeeded()) {
      Set<String> ended = ids(message("execution_error").path("executed"));
      ended.addAll(ids(message("execution_interrupted").path("executed")));
      return ended;
    }
    Set<String> nodes = timings.isEmpty() ? needed() : new TreeSet<>(timings.keySet());
    nodes.removeAll(cached());
    return nodes;
  }

  /** From its start to its end by the server's clock. */
  public Duration duration() {
    JsonNode messages = entry.at("/status/messages");
    long end = messages.path(messages.size() - 1).path(1).path("timestamp").asLong();
    return Duration.ofMillis(end - message("execution_start").path("timestamp").asLong());
  }

  /** Everything that a node put out for the page, as the history has it. */
  public JsonNode outputs(String node) {
    return entry.path("outputs").path(node);
  }

  /** The images that a node put out, in order. */
  public List<OutputFile> images(String node) {
    List<OutputFile> files = new ArrayList<>();
    for (JsonNode file : outputs(node).path("images")) {
      files.add(
          new OutputFile(
              file.path("filename").asText(),
              file.path("subfolder").asText(),
              file.path("type").asText()));
    }
    return files;
  }

  /** The text that a node shows, such as Preview as Text does. */
  public String text(String node) {
    return outputs(node).path("text").path(0).asText();
  }

  /** The output nodes of the prompt and all that they are linked to. */
  private Set<String> needed() {
    JsonNode graph = entry.path("prompt").path(2);
    Set<String> nodes = new TreeSet<>();
    Deque<String> left = new ArrayDeque<>(ids(entry.path("prompt").path(4)));
    while (!left.isEmpty()) {
      String node = left.pop();
      if (graph.has(node) && nodes.add(node)) {
        for (JsonNode input : graph.path(node).path("inputs")) {
          if (input.isArray() && input.size() == 2) {
            left.push(input.path(0).asText());
          }
        }
      }
    }
    return nodes;
  }

  private static Set<String> ids(JsonNode nodes) {
    Set<String> ids = new TreeSet<>();
    nodes.forEach(node -> ids.add(node.asText()));
    return ids;
  }

  private JsonNode message(String type) {
    for (JsonNode message : entry.at("/status/messages")) {
      if (message.path(0).asText().equals(type)) {
        return message.path(1);
      }
    }
    return MissingNode.getInstance();
  }
}
