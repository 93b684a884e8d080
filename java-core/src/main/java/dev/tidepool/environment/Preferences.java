package dev.tidepool.environment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Choices for a workspace that ComfyDock does not know, in a file of our own, {@code
 * .metadata/tidepool.json}: ComfyDock drops what it does not know from its file. Thread-safe.
 *
 * <pre>{"python":"3.12","torch":"cpu"}</pre>
 */
public final class Preferences {
  private final Path file;
  private final Path folder;
  private final StoreLocks locks;

  /** Those of this workspace. */
  public Preferences(Workspace workspace, StoreLocks locks) {
    this.folder = workspace.metadata();
    this.file = folder.resolve("tidepool.json");
    this.locks = locks;
  }

  /** What was chosen. */
  public Optional<String> get(String name) {
    return StorageFailures.translate(
        "read " + file, () -> Optional.ofNullable(content().path(name).textValue()));
  }

  /** Chooses, or goes back to the default. */
  public void set(String name, Optional<String> value) {
    StorageFailures.translate(
        "write " + file,
        () ->
            locks
                .of(folder)
                .holding(
                    () -> {
                      ObjectNode json = content();
                      value.ifPresentOrElse(text -> json.put(name, text), () -> json.remove(name));
                      AtomicFiles.write(file, JsonTree.writeIndented(json));
                      return json;
                    }));
  }

  private ObjectNode content() throws IOException {
    try {
      return JsonTree.read(Files.readAllBytes(file)) instanceof ObjectNode json
          ? json
          : JsonTree.object();
    } catch (NoSuchFileException | NotDirectoryException | JacksonException e) {
      return JsonTree.object();
    }
  }
}
