package dev.tidepool.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The workflows below {@code src/test/resources/workflows}: one for each feature of the formats.
 */
final class Examples {
  static final Path FOLDER = Path.of("src", "test", "resources", "workflows");

  private Examples() {}

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  static Workflow read(String name) throws IOException {
    return Workflow.parse(bytes(name), name);
  }

  /** Every string of the document, those that are names of fields excepted. */
  static List<JsonValue> texts(JsonValue json) {
    List<JsonValue> texts = new ArrayList<>();
    Deque<JsonValue> open = new ArrayDeque<>(List.of(json));
    while (!open.isEmpty()) {
      JsonValue value = open.pop();
      if (value.isText()) {
        texts.add(value);
      }
      open.addAll(value.items());
      open.addAll(value.values());
    }
    return texts;
  }
}
