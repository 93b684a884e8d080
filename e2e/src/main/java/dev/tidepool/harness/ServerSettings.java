package dev.tidepool.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which ComfyUI to start, and with what. Two equal settings can share one server.
 *
 * @param source folder of ComfyUI's {@code main.py}
 * @param python the interpreter that has ComfyUI's requirements
 * @param packs folders of node packs to install; each keeps its folder's name
 * @param nodes ids of nodes that must be there before the server counts as ready
 * @param arguments more arguments of {@code main.py}
 * @param environment variables besides those of this process
 */
public record ServerSettings(
    Path source,
    Path python,
    List<Path> packs,
    List<String> nodes,
    List<String> arguments,
    Map<String, String> environment) {
  /** Copies the collections. */
  public ServerSettings {
    packs = List.copyOf(packs);
    nodes = List.copyOf(nodes);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads the system properties {@code tidepool.comfyui}, {@code tidepool.python} and {@code
   * tidepool.pack} (several packs are separated as in a class path).
   *
   * @throws IllegalStateException when a property is missing or names nothing
   */
  public static ServerSettings fromProperties(List<String> nodes, List<String> arguments) {
    Path source = existing("tidepool.comfyui", "the folder of ComfyUI's main.py");
    Path python = existing("tidepool.python", "a Python with ComfyUI's requirements");
    return new ServerSettings(source, python, packsFromProperty(), nodes, arguments, Map.of());
  }

  /** The same without any pack, and so without their nodes. */
  public ServerSettings withoutPacks() {
    return new ServerSettings(source, python, List.of(), List.of(), arguments, environment);
  }

  /** The same with these variables, in place of others. */
  public ServerSettings withEnvironment(Map<String, String> variables) {
    return new ServerSettings(source, python, packs, nodes, arguments, variables);
  }

  /**
   * The arguments of {@code main.py}, but for where it listens.
   *
   * @param base the base directory, as the server sees it
   */
  List<String> commandLine(String base) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("--cpu", "--disable-auto-launch", "--base-directory", base));
    // Otherwise all servers of one source folder share one database file.
    line.addAll(List.of("--database-url", "sqlite:///" + base + "/comfyui.db"));
    // The default cache lets results go when memory is short, which says nothing about what is
    // stale.
    line.add("--cache-classic");
    line.addAll(arguments);
    return line;
  }

  private static List<Path> packsFromProperty() {
    return Optional.ofNullable(System.getProperty("tidepool.pack")).stream()
        .flatMap(packs -> List.of(packs.split(java.io.File.pathSeparator)).stream())
        .map(pack -> existing("tidepool.pack", "the folder of a node pack", pack))
        .toList();
  }

  private static Path existing(String property, String meaning) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("set -D" + property + "=… to " + meaning);
    }
    return existing(property, meaning, value);
  }

  private static Path existing(String property, String meaning, String value) {
    Path path = Path.of(value).toAbsolutePath();
    if (!Files.exists(path)) {
      throw new IllegalStateException(
          "-D" + property + " names " + path + ", which is not there; it has to be " + meaning);
    }
    return path;
  }
}
