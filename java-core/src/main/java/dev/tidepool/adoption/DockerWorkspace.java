package dev.tidepool.adoption;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of the first ComfyDock, whose environments are Docker containers; usually {@code
 * ~/.comfydock}. Its {@code environments.json}, as ComfyDock-Core 0.1 writes it, is a list:
 *
 * <pre>
 * [{"name": "flux", "image": "akatzai/comfydock-env:…", "container_name": "comfy-env-1f…",
 *   "id": "4c1d…", "status": "exited", "command": "", "comfyui_path": "/home/anna/ComfyUI",
 *   "options": {"mount_config": {…}}, "metadata": {…}, "folderIds": []}]
 * </pre>
 *
 * <p>The ComfyUI and the node packs of such an environment are inside its container; only what it
 * mounts is on this machine. So nothing is migrated: it is said how to get at them.
 */
final class DockerWorkspace {
  private static final long LARGEST = 16L << 20;
  private static final int MOST_SHOWN = 20;

  private DockerWorkspace() {}

  /** Why the folder cannot be migrated, and what to do; nothing when it is no such folder. */
  static Optional<TidepoolException> refusal(Path folder) {
    Path file = folder.resolve("environments.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return StorageFailures.translate(
        "read " + file,
        () -> {
          try {
            JsonNode list =
                Files.size(file) <= LARGEST
                    ? JsonTree.read(Files.readAllBytes(file))
                    : JsonTree.object();
            return list.isArray() ? Optional.of(refusal(folder, list)) : Optional.empty();
          } catch (JacksonException e) {
            return Optional.empty();
          }
        });
  }

  private static TidepoolException refusal(Path folder, JsonNode list) {
    List<String> hints = new ArrayList<>();
    for (JsonNode one : list) {
      String container = one.path("container_name").asText("");
      if (container.matches("[A-Za-z0-9][A-Za-z0-9_.-]*") && hints.size() < MOST_SHOWN) {
        hints.add(
            Texts.quoted(one.path("name").asText(""))
                + ": docker cp "
                + container
                + ":/app/ComfyUI DIR, then tidepool adopt DIR");
      }
    }
    hints.add("Its models, and all else that it mounts, are in the folder that it was given.");
    return new TidepoolException(
        ErrorKind.UNSUPPORTED,
        "migrate-docker",
        folder
            + " is of the first ComfyDock: its "
            + list.size()
            + " environments are Docker containers, which are not migrated.",
        hints.toArray(String[]::new));
  }
}
