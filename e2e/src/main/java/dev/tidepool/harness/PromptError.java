package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a node failed.
 *
 * @param node its id
 * @param nodeType its type, such as {@code SaveImage}
 * @param exceptionType the Python exception's name, such as {@code ValueError}
 * @param message the exception's message
 * @param traceback where it was thrown, a stack frame each
 */
public record PromptError(
    String node, String nodeType, String exceptionType, String message, List<String> traceback) {
  /** Copies the traceback. */
  public PromptError {
    traceback = List.copyOf(traceback);
  }

  /** Reads the data of {@code execution_error}. */
  static PromptError of(JsonNode data) {
    List<String> frames = new ArrayList<>();
    data.path("traceback").forEach(frame -> frames.add(frame.asText()));
    return new PromptError(
        data.path("node_id").asText(),
        data.path("node_type").asText(),
        data.path("exception_type").asText(),
        data.path("exception_message").asText().strip(),
        frames);
  }

  @Override
  public String toString() {
    return exceptionType + " in " + nodeType + " " + node + ": " + message;
  }
}
