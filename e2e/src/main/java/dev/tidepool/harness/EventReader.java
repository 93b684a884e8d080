package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/** Reads the messages of ComfyUI's websocket. */
final class EventReader {
  private EventReader() {}

  /**
   * Reads a text such as {@code {"type": "executing", "data": {"node": "5", "prompt_id": "…"}}}.
   */
  static ServerEvent text(String message) {
    JsonNode event;
    try {
      event = Script.tree(message);
    } catch (AssertionError e) {
      // A pack may send what it likes.
      return new ServerEvent.Other("", TextNode.valueOf(message));
    }
    JsonNode data = event.path("data");
    String prompt = data.path("prompt_id").asText();
    String type = event.path("type").asText();
    return switch (type) {
      case "status" -> new ServerEvent.Status(data.at("/status/exec_info/queue_remaining").asInt());
      case "execution_start" -> new ServerEvent.Started(prompt);
      case "execution_cached" -> new ServerEvent.Cached(prompt, ids(data.path("nodes")));
      case "executing" ->
          new ServerEvent.Executing(
              prompt, data.hasNonNull("node") ? data.path("node").asText() : null);
      case "progress" ->
          new ServerEvent.Progress(
              prompt,
              data.path("node").asText(),
              data.path("value").asDouble(),
              data.path("max").asDouble());
      case "executed" ->
          new ServerEvent.Executed(prompt, data.path("node").asText(), data.path("output"));
      case "execution_success" -> new ServerEvent.Succeeded(prompt);
      case "execution_error" -> new ServerEvent.Failed(prompt, PromptError.of(data));
      case "execution_interrupted" ->
          new ServerEvent.Interrupted(prompt, data.path("node_id").asText());
      default -> new ServerEvent.Other(type, data);
    };
  }

  /** Reads a message of bytes: a number of four bytes, highest first, and what it announces. */
  static ServerEvent binary(byte[] message) {
    if (message.length < Integer.BYTES) {
      return new ServerEvent.Other("", BinaryNode.valueOf(message));
    }
    ByteBuffer buffer = ByteBuffer.wrap(message);
    int kind = buffer.getInt();
    byte[] content = new byte[buffer.remaining()];
    buffer.get(content);
    return new ServerEvent.Binary(kind, content);
  }

  private static Set<String> ids(JsonNode nodes) {
    Set<String> ids = new TreeSet<>();
    nodes.forEach(node -> ids.add(node.asText()));
    return ids;
  }
}
