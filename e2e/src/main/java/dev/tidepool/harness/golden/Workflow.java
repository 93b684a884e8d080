package dev.tidepool.harness.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A workflow as it is stored. The files of its test lie beside it: {@code NAME.golden}, {@code
 * NAME.inputs}, {@code NAME.test.json}.
 */
record Workflow(Path file, Format format, ObjectNode json) {
  /** How a workflow can be stored. */
  enum Format {
    /** The graph as the server runs it: nodes by id. */
    API,
    /** The graph as the page saves it, with places and sizes. */
    EDITOR
  }

  private static final long LARGEST = 100L * 1024 * 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a workflow.
   *
   * @throws GoldenException when the file cannot be read or holds none
   */
  static Workflow read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new GoldenException("The file is larger than 100 MB, so it is no workflow.");
      }
      return parse(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new GoldenException("The file cannot be read: " + e.getMessage() + ".");
    }
  }

  static Workflow parse(Path file, byte[] bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new GoldenException(
          "The file is no JSON: %s, line %s."
              .formatted(
                  String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("broken"),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new GoldenException("The file is no JSON: " + e.getMessage() + ".");
    }
    if (json instanceof ObjectNode object) {
      if (object.path("nodes").isArray()) {
        return new Workflow(file, Format.EDITOR, object);
      }
      if (isPrompt(object)) {
        return new Workflow(file, Format.API, object);
      }
    }
    throw new GoldenException(
        "The file is no workflow: neither in the editor's format (with \"nodes\") nor in the API's"
            + " (each entry with \"class_type\").",
        "Save it in ComfyUI with Save or Export (API), or move it out of the tested folder.");
  }

  private static boolean isPrompt(ObjectNode object) {
    return !object.isEmpty()
        && object.properties().stream().allMatch(entry -> isPromptNode(entry.getValue()));
  }

  private static boolean isPromptNode(JsonNode node) {
    return node.path("class_type").isTextual() && node.path("inputs").isObject();
  }

  /** The file's name without its end. */
  String name() {
    return nameOf(file);
  }

  static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
  }

  Path beside(String end) {
    return file.resolveSibling(name() + end);
  }
}
