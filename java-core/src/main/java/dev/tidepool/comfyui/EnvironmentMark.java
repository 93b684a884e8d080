package dev.tidepool.comfyui;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What is installed in a Python environment, kept in the environment itself as {@code
 * tidepool.json}: {@code {"busy":false,"requirements":"<digest>","pack":"<digest>"}}.
 *
 * @param busy whether something was being installed when it was written
 * @param requirements the digest of ComfyUI's requirements that are installed; empty for none
 * @param pack the digest of the node pack whose requirements are installed; empty for none
 */
record EnvironmentMark(boolean busy, String requirements, String pack) {
  static final EnvironmentMark NONE = new EnvironmentMark(true, "", "");

  /** What the environment in the folder says; {@link #NONE} when it says nothing. */
  static EnvironmentMark read(Path folder) throws IOException {
    try {
      JsonNode mark = JsonTree.read(Files.readAllBytes(file(folder)));
      return new EnvironmentMark(
          mark.path("busy").asBoolean(true),
          mark.path("requirements").asText(""),
          mark.path("pack").asText(""));
    } catch (NoSuchFileException | JacksonException e) {
      return NONE;
    }
  }

  void write(Path folder) throws IOException {
    ObjectNode mark = JsonTree.object();
    mark.put("busy", busy);
    mark.put("requirements", requirements);
    mark.put("pack", pack);
    AtomicFiles.write(file(folder), JsonTree.write(mark));
  }

  /** Whether Tidepool made the environment in the folder. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(file(folder));
  }

  private static Path file(Path folder) {
    return folder.resolve("tidepool.json");
  }
}
