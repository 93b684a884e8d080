package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a prompt, read from {@code /history}.
 *
 * @param id the prompt's id
 * @param entry its entry in the history
 */
public record PromptResult(String id, JsonNode entry) {
  /** A file that a node put out. */
  public record OutputFile(String name, String subfolder, String type) {}

  /** Whether all nodes ran without an error. */
  public boolean succeeded() {
    return entry.at("/status/status_str").asText().equals("success");
  }

  /** This result, when the prompt succeeded; else an error with the server's words. */
  public PromptResult successful() {
    if (!succeeded()) {
      throw new AssertionError("prompt " + id + " failed: " + error());
    }
    return this;
  }

  /** The message of the exception that ended the prompt; empty when it succeeded. */
  public String error() {
    return message("execution_error").path("exception_message").asText();
  }

  /** The nodes whose results were taken from the cache. */
  public Set<String> cached() {
    Set<String> nodes = new TreeSet<>();
    message("execution_cached").path("nodes").forEach(node -> nodes.add(node.asText()));
    return nodes;
  }

  /** The images that a node put out, in order. */
  public List<OutputFile> images(String node) {
    List<OutputFile> files = new ArrayList<>();
    for (JsonNode file : entry.path("outputs").path(node).path("images")) {
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
    return entry.path("outputs").path(node).path("text").path(0).asText();
  }

  private JsonNode message(String type) {
    for (JsonNode message : entry.at("/status/messages")) {
      if (message.path(0).asText().equals(type)) {
        return message.path(1);
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
