package dev.tidepool.workspace;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The folder with environments, caches and logs, laid out as ComfyDock v2 does:
 *
 * <pre>
 * .metadata/workspace.json       the active environment, the models folder
 * comfydock_cache/models.db      the index of models
 * comfydock_cache/custom_nodes/  node packs that were fetched
 * comfydock_cache/comfyui/       ComfyUIs that were fetched
 * environments/&lt;name&gt;/…         one ComfyUI each
 * models/                        model files, unless another folder is chosen
 * logs/                          what programs said
 * uv/, uv_cache/                 uv itself, interpreters; Python packages
 * trash/                         environments that were deleted
 * </pre>
 *
 * @param folder absolute; need not exist
 */
public record Workspace(Path folder) {
  private static final List<String> VARIABLES = List.of("TIDEPOOL_HOME", "COMFYDOCK_HOME");

  /**
   * The workspace of a user: the folder named by {@code TIDEPOOL_HOME}, else by {@code
   * COMFYDOCK_HOME}, else {@code ~/comfydock_workspace}.
   *
   * @param environment the variables of the process; an empty one counts as missing
   * @param current what a relative folder is taken to be below of
   * @throws TidepoolException {@code path-invalid}
   */
  public static Workspace of(Map<String, String> environment, Path current) {
    for (String variable : VARIABLES) {
      String folder = environment.getOrDefault(variable, "");
      if (!folder.isEmpty()) {
        return at(folder, current);
      }
    }
    String user = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    return new Workspace(at(user, current).folder().resolve("comfydock_workspace"));
  }

  /**
   * The workspace in a folder that was named.
   *
   * @throws TidepoolException {@code path-invalid} when the text is no possible path
   */
  public static Workspace at(String folder, Path current) {
    try {
      return new Workspace(current.resolve(folder).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new TidepoolException(
          e, ErrorKind.USAGE, "path-invalid", "Not a possible path: " + folder + ".");
    }
  }

  /** The index of models, an SQLite database. */
  public Path modelIndex() {
    return cache().resolve("models.db");
  }

  /** What ComfyUIs told of their nodes. */
  public Path loaders() {
    return cache().resolve("loaders");
  }

  /** What belongs to the workspace itself, such as decisions that were made in it. */
  public Path metadata() {
    return folder.resolve(".metadata");
  }

  /** The active environment and the models folder, as ComfyDock keeps them. */
  public Path file() {
    return metadata().resolve("workspace.json");
  }

  /** The environments, each in a folder of its name. */
  public Path environments() {
    return folder.resolve("environments");
  }

  /** An environment's folder; the name is a safe one. */
  public Path environment(String name) {
    return environments().resolve(name);
  }

  /** Where models lie when no other folder is chosen. */
  public Path models() {
    return folder.resolve("models");
  }

  /** Node packs that were fetched. */
  public Path packCache() {
    return cache().resolve("custom_nodes");
  }

  /** ComfyUIs that were fetched. */
  public Path comfyUiCache() {
    return cache().resolve("comfyui");
  }

  /** What services on the network answered. */
  public Path apiCache() {
    return cache().resolve("api_cache");
  }

  /** Environments that were deleted. */
  public Path trash() {
    return folder.resolve("trash");
  }

  /** What the ComfyUI of an environment says; the name is a safe one. */
  public Path environmentLog(String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }

  /** What can be had again: downloads, indexes, results of looking. */
  public Path cache() {
    return folder.resolve("comfydock_cache");
  }

  /** Where the logs of commands lie. */
  public Path logs() {
    return folder.resolve("logs").resolve("tidepool");
  }
}
