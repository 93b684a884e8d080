package dev.tidepool.environment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.JsonTree;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a workspace knows of itself, in {@code .metadata/workspace.json} as ComfyDock 1.0 keeps it:
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "active_environment": "",
 *   "created_at": "2026-11-26T08:26:37.530358",
 *   "global_model_directory": {
 *     "path": "/home/anna/models", "added_at": "2026-…", "last_sync": "2026-…"
 *   },
 *   "api_credentials": {"civitai_token": "…"},
 *   "prefer_registry_cache": true
 * }
 * }</pre>
 *
 * <p>A file that is missing is read as that of a new workspace. Fields that are not known survive
 * each change. Thread-safe.
 */
public final class WorkspaceFile {
  private static final String ACTIVE = "active_environment";
  private static final String MODELS = "global_model_directory";
  private static final String CREDENTIALS = "api_credentials";
  private static final String CIVITAI = "civitai_token";
  private static final String REGISTRY_CACHE = "prefer_registry_cache";

  private final Workspace workspace;
  private final StoreLocks locks;
  private final Clock clock;

  /** The file of this workspace. */
  public WorkspaceFile(Workspace workspace, StoreLocks locks, Clock clock) {
    this.workspace = workspace;
    this.locks = locks;
    this.clock = clock;
  }

  /** Whether the folder is a workspace already. */
  public boolean exists() {
    return Files.exists(workspace.file());
  }

  /** The name of the active environment, which may be gone. */
  public Optional<String> activeEnvironment() {
    return text(read().path(ACTIVE));
  }

  /** Makes an environment the active one, or none. */
  public void activate(Optional<String> name) {
    change(json -> json.put(ACTIVE, name.orElse("")));
  }

  /** The folder of models: the chosen one, else that of the workspace. */
  public Path modelsFolder() {
    try {
      return text(read().path(MODELS).path("path"))
          .map(path -> workspace.folder().resolve(path).normalize())
          .orElseGet(workspace::models);
    } catch (InvalidPathException e) {
      throw damaged(e);
    }
  }

  /** Chooses the folder of models. */
  public void setModelsFolder(Path folder) {
    change(
        json -> {
          ObjectNode models = object(json, MODELS);
          models.put("path", folder.toString());
          models.put("added_at", now());
          models.put("last_sync", now());
        });
  }

  /** Whether node packs are looked up in what was fetched before; ComfyDock's setting. */
  public boolean prefersRegistryCache() {
    return read().path(REGISTRY_CACHE).asBoolean(true);
  }

  /** Chooses whether node packs are looked up in what was fetched before. */
  public void setPrefersRegistryCache(boolean prefers) {
    change(json -> json.put(REGISTRY_CACHE, prefers));
  }

  /** The token for CivitAI, which is a secret. */
  public Optional<String> civitaiToken() {
    return text(read().path(CREDENTIALS).path(CIVITAI));
  }

  /** Keeps the token for CivitAI, or forgets it. */
  public void setCivitaiToken(Optional<String> token) {
    change(
        json -> {
          ObjectNode credentials = object(json, CREDENTIALS);
          token.ifPresentOrElse(
              text -> credentials.put(CIVITAI, text), () -> credentials.remove(CIVITAI));
          if (credentials.isEmpty()) {
            json.putNull(CREDENTIALS);
          }
        });
  }

  private JsonNode read() {
    return StorageFailures.translate("read " + workspace.file(), this::content);
  }

  private ObjectNode content() throws IOException {
    try {
      JsonNode json = JsonTree.read(Files.readAllBytes(workspace.file()));
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw damaged(null);
    } catch (NoSuchFileException | NotDirectoryException e) {
      ObjectNode fresh = JsonTree.object();
      fresh.put("version", 1);
      fresh.put(ACTIVE, "");
      fresh.put("created_at", now());
      return fresh;
    } catch (JacksonException e) {
      throw damaged(e);
    }
  }

  private void change(Consumer<ObjectNode> edit) {
    StorageFailures.translate(
        "write " + workspace.file(),
        () ->
            locks
                .of(workspace.metadata())
                .holding(
                    () -> {
                      ObjectNode json = content();
                      edit.accept(json);
                      AtomicFiles.write(workspace.file(), JsonTree.writeIndented(json));
                      return json;
                    }));
  }

  private static ObjectNode object(ObjectNode json, String field) {
    return json.get(field) instanceof ObjectNode there ? there : json.putObject(field);
  }

  private static Optional<String> text(JsonNode json) {
    return json.isTextual() && !json.textValue().isEmpty()
        ? Optional.of(json.textValue())
        : Optional.empty();
  }

  /** As Python writes a local time. */
  private String now() {
    return LocalDateTime.ofInstant(clock.instant(), clock.getZone()).toString();
  }

  private TidepoolException damaged(@org.jspecify.annotations.Nullable Exception cause) {
    String message = "The file " + workspace.file() + " is damaged.";
    String hint = "Correct it, or move it away and run tidepool init again.";
    return new TidepoolException(
        cause, ErrorKind.MALFORMED, "workspace-file-corrupt", message, hint);
  }
}
