package dev.tidepool.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ComfyUI tells the clients of its websocket. Those of a prompt reach only the client that
 * queued it; see {@link EventLog#prompt}.
 */
public sealed interface ServerEvent {
  /** The event's name on the wire, such as {@code execution_start}. */
  String type();

  /** An event of one prompt. */
  sealed interface OfPrompt extends ServerEvent {
    /** The prompt's id. */
    String prompt();
  }

  /** The last event of a prompt, whatever became of it. */
  sealed interface End extends OfPrompt {}

  /** How many prompts run or wait. Sent to everybody, and once at the start. */
  record Status(int remaining) implements ServerEvent {
    @Override
    public String type() {
      return "status";
    }
  }

  /** A prompt starts. */
  record Started(String prompt) implements OfPrompt {
    @Override
    public String type() {
      return "execution_start";
    }
  }

  /** The nodes of a prompt whose results are there from before. */
  record Cached(String prompt, Set<String> nodes) implements OfPrompt {
    @Override
    public String type() {
      return "execution_cached";
    }
  }

  /**
   * A node begins.
   *
   * @param node its id; null once the prompt is done with all its nodes
   */
  record Executing(String prompt, @Nullable String node) implements OfPrompt {
    @Override
    public String type() {
      return "executing";
    }
  }

  /** How far a node has come: {@code value} of {@code max} steps. */
  record Progress(String prompt, String node, double value, double max) implements OfPrompt {
    @Override
    public String type() {
      return "progress";
    }
  }

  /** What a node shows in the page, from its run or from the cache. */
  record Executed(String prompt, String node, JsonNode output) implements OfPrompt {
    @Override
    public String type() {
      return "executed";
    }
  }

  /** A prompt ended well. */
  record Succeeded(String prompt) implements End {
    @Override
    public String type() {
      return "execution_success";
    }
  }

  /** A node failed, and the prompt with it. */
  record Failed(String prompt, PromptError error) implements End {
    @Override
    public String type() {
      return "execution_error";
    }
  }

  /** Somebody interrupted the prompt while this node ran. */
  record Interrupted(String prompt, String node) implements End {
    @Override
    public String type() {
      return "execution_interrupted";
    }
  }

  /**
   * A message of bytes, such as a preview.
   *
   * @param kind what ComfyUI numbers it: 1 an image, 3 a text, 4 an image with a description
   * @param content what follows that number
   */
  record Binary(int kind, byte[] content) implements ServerEvent {
    @Override
    public String type() {
      return "binary";
    }

    /**
     * The picture of a preview, a JPEG or PNG file.
     *
     * @throws IllegalStateException when this is no preview
     */
    public byte[] picture() {
      return switch (kind) {
        case 1 -> Arrays.copyOfRange(content, Integer.BYTES, content.length);
        case 4 -> {
          int description = java.nio.ByteBuffer.wrap(content).getInt();
          yield Arrays.copyOfRange(content, Integer.BYTES + description, content.length);
        }
        default -> throw new IllegalStateException("binary event " + kind + " holds no picture");
      };
    }
  }

  /** Any other event, such as one that a pack sends. */
  record Other(String type, JsonNode data) implements ServerEvent {}
}
