package dev.tidepool.comfyui;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in a fetched ComfyUI where it came from, in {@code .tidepool-source.json}. */
final class SourceMark {
  private SourceMark() {}

  static void write(Path comfyUi, String source) throws IOException {
    ObjectNode mark = JsonTree.object();
    mark.put("source", source);
    AtomicFiles.create(file(comfyUi), JsonTree.write(mark));
  }

  /** The source, as one types it; the folder itself when it does not say. */
  static String read(Path comfyUi) throws IOException {
    try {
      return JsonTree.read(Files.readAllBytes(file(comfyUi)))
          .path("source")
          .asText(comfyUi.toString());
    } catch (NoSuchFileException | JacksonException e) {
      return comfyUi.toString();
    }
  }

  private static Path file(Path comfyUi) {
    return comfyUi.resolve(".tidepool-source.json");
  }
}
