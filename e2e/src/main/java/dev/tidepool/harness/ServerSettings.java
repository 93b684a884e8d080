package dev.tidepool.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which ComfyUI to start, where, and with what. Two equal settings can share one server.
 *
 * @param source folder of ComfyUI's {@code main.py}
 * @param place where it runs
 * @param packs the node packs to install
 * @param models a folder that the server sees as its folder of models
 * @param nodes ids of nodes that must be there before the server counts as ready
 * @param arguments more arguments of {@code main.py}
 * @param environment variables of the server; a process also gets those of this process
 */
public record ServerSettings(
    Path source,
    Place place,
    List<PackSource> packs,
    Optional<Path> models,
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

  /** A ComfyUI with nothing added to it, which talks to no service outside. */
  public static ServerSettings of(Path source, Place place) {
    return new ServerSettings(
        source,
        place,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of("--disable-api-nodes"),
        Map.of());
  }

  /**
   * Reads the system properties.
   *
   * <ul>
   *   <li>{@code tidepool.comfyui}: the folder of ComfyUI's {@code main.py}; or, where {@code
   *       tidepool.launcher} names Tidepool's launcher, any source that {@code tidepool fetch}
   *       knows
   *   <li>{@code tidepool.server}: {@code process} or {@code container}
   *   <li>{@code tidepool.python}: for a process, a Python with all requirements
   *   <li>{@code tidepool.base-image}, {@code tidepool.requirements}, {@code tidepool.downloads}:
   *       for a container, see {@link Place.Container}
   *   <li>{@code tidepool.pack}: the packs, each a folder, a zip file, or a git URL with an
   *       {@code @REF} where wanted
   *   <li>{@code tidepool.models}: the folder of models
   * </ul>
   *
   * <p>Several files are separated as in a class path, packs by commas.
   *
   * @throws IllegalStateException when a property is missing or names nothing
   */
  public static ServerSettings fromProperties() {
    Properties properties = new Properties();
    ServerSettings plain = of(source(properties), place(properties));
    return new ServerSettings(
        plain.source,
        plain.place,
        properties.text("tidepool.pack").stream()
            .flatMap(packs -> Arrays.stream(packs.split(",")))
            .map(PackSource::parse)
            .toList(),
        properties
            .text("tidepool.models")
            .map(models -> properties.existing("tidepool.models", models)),
        plain.nodes,
        plain.arguments,
        plain.environment);
  }

  private static Path source(Properties properties) {
    return SourceFolder.of(
        properties
            .text("tidepool.comfyui")
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "set -Dtidepool.comfyui=… to the folder of ComfyUI's main.py")),
        properties.text("tidepool.launcher").map(Path::of),
        Path.of(System.getProperty("user.home"), ".cache", "tidepool-harness", "sources"));
  }

  private static Place place(Properties properties) {
    String server = properties.text("tidepool.server").orElse("process");
    return switch (server) {
      case "process" ->
          new Place.Machine(
              properties.file("tidepool.python", "a Python with ComfyUI's requirements"));
      case "container" ->
          new Place.Container(
              properties.text("tidepool.base-image").orElse(Place.Container.USUAL_BASE_IMAGE),
              properties.files("tidepool.requirements"),
              properties.text("tidepool.downloads").map(Path::of));
      default ->
          throw new IllegalStateException(
              "-Dtidepool.server is process or container, not " + server);
    };
  }

  /** The same without any pack, and so without their nodes. */
  public ServerSettings withoutPacks() {
    return new ServerSettings(source, place, List.of(), models, List.of(), arguments, environment);
  }

  /** The same with these packs. */
  public ServerSettings withPacks(List<PackSource> others) {
    return new ServerSettings(source, place, others, models, nodes, arguments, environment);
  }

  /** The same with this folder of models. */
  public ServerSettings withModels(Optional<Path> folder) {
    return new ServerSettings(source, place, packs, folder, nodes, arguments, environment);
  }

  /** The same with these nodes demanded. */
  public ServerSettings withNodes(List<String> ids) {
    return new ServerSettings(source, place, packs, models, ids, arguments, environment);
  }

  /** The same with these arguments, in place of others. */
  public ServerSettings withArguments(List<String> words) {
    return new ServerSettings(source, place, packs, models, nodes, words, environment);
  }

  /** The same with these variables, in place of others. */
  public ServerSettings withEnvironment(Map<String, String> variables) {
    return new ServerSettings(source, place, packs, models, nodes, arguments, variables);
  }

  /** The same in another place. */
  public ServerSettings in(Place other) {
    return new ServerSettings(source, other, packs, models, nodes, arguments, environment);
  }

  /**
   * The arguments of {@code main.py}, but for where it listens.
   *
   * @param base the base directory, as the server sees it
   */
  List<String> commandLine(Path base) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("--cpu", "--disable-auto-launch", "--base-directory", base.toString()));
    // Otherwise all servers of one source folder share one database file.
    line.addAll(List.of("--database-url", "sqlite:///" + base.resolve("comfyui.db")));
    // The default cache lets results go when memory is short, which says nothing about what is
    // stale.
    line.add("--cache-classic");
    line.addAll(arguments);
    return line;
  }

  /** System properties, and what is wrong with them. */
  private static final class Properties {
    Optional<String> text(String property) {
      return Optional.ofNullable(System.getProperty(property)).filter(text -> !text.isEmpty());
    }

    Path file(String property, String meaning) {
      return existing(
          property,
          text(property)
              .orElseThrow(
                  () -> new IllegalStateException("set -D" + property + "=… to " + meaning)));
    }

    List<Path> files(String property) {
      return text(property).stream()
          .flatMap(files -> List.of(files.split(File.pathSeparator)).stream())
          .map(file -> existing(property, file))
          .toList();
    }

    Path existing(String property, String value) {
      Path path = Path.of(value).toAbsolutePath();
      if (!Files.exists(path)) {
        throw new IllegalStateException("-D" + property + " names " + path + ": it is not there");
      }
      return path;
    }
  }
}
