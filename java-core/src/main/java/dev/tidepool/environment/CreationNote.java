package dev.tidepool.environment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import dev.tidepool.manifest.ComfyUiPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far the making of an environment is, in {@code .tidepool/create.json} until it is done.
 *
 * @param request what it was asked for
 * @param comfyUi which ComfyUI was chosen
 * @param installing whether packages were being installed when this was written
 * @param ready whether nothing is left to do once the ComfyUI is in its place
 */
record CreationNote(
    String request, Optional<ComfyUiPin> comfyUi, boolean installing, boolean ready) {
  private static final String READY = "ready";

  /** A creation that has just begun. */
  static CreationNote begun(String request) {
    return new CreationNote(request, Optional.empty(), false, false);
  }

  static Optional<CreationNote> read(Environment environment) throws IOException {
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(file(environment)));
      Optional<ComfyUiPin> pin =
          text(json, "version")
              .map(
                  version ->
                      new ComfyUiPin(version, text(json, "version_type"), text(json, "commit")));
      return Optional.of(
          new CreationNote(
              json.path("request").asText(""),
              pin,
              json.path("installing").asBoolean(),
              json.path(READY).asBoolean()));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  static boolean isIn(Environment environment) {
    return Files.exists(file(environment));
  }

  static void delete(Environment environment) throws IOException {
    Files.deleteIfExists(file(environment));
  }

  CreationNote whileInstalling(boolean busy) {
    return new CreationNote(request, comfyUi, busy, false);
  }

  CreationNote of(ComfyUiPin pin) {
    return new CreationNote(request, Optional.of(pin), installing, false);
  }

  CreationNote whenReady() {
    return new CreationNote(request, comfyUi, false, true);
  }

  void write(Environment environment) throws IOException {
    ObjectNode json = JsonTree.object();
    json.put("request", request);
    comfyUi.ifPresent(
        pin -> {
          json.put("version", pin.version());
          pin.versionType().ifPresent(type -> json.put("version_type", type));
          pin.commit().ifPresent(commit -> json.put("commit", commit));
        });
    json.put("installing", installing);
    json.put(READY, ready);
    AtomicFiles.write(file(environment), JsonTree.write(json));
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.path(field).textValue());
  }

  private static Path file(Environment environment) {
    return environment.own().resolve("create.json");
  }
}
