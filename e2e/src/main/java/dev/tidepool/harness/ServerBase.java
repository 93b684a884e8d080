package dev.tidepool.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The base directory of a server that a test starts: made for it, and gone after it. */
final class ServerBase {
  private final Path folder;

  private ServerBase(Path folder) {
    this.folder = folder;
  }

  /** Makes one with the packs of these settings. */
  static ServerBase make(ServerSettings settings) throws IOException {
    Path folder = Files.createTempDirectory("tidepool-comfyui-");
    Path customNodes = Files.createDirectory(folder.resolve("custom_nodes"));
    for (PackSource pack : settings.packs()) {
      pack.installInto(customNodes);
    }
    Files.createDirectory(folder.resolve("output"));
    if (settings.models().isPresent()) {
      linkModels(settings, folder.resolve("models"));
    }
    copyExample(settings.source(), Files.createDirectory(folder.resolve("input")));
    return new ServerBase(folder);
  }

  Path folder() {
    return folder;
  }

  Path log() {
    return folder.resolve("server.log");
  }

  /** The end of the log, as the end of an error's message. */
  String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).lines().toList();
      int first = Math.max(0, lines.size() - 30);
      return "; the end of its log:\n" + String.join("\n", lines.subList(first, lines.size()));
    } catch (IOException e) {
      return "; its log " + log() + " cannot be read: " + e.getMessage();
    }
  }

  /**
   * Checks what the server has.
   *
   * @throws IllegalStateException when a node is not there, with the log's last lines
   */
  void demand(List<String> nodes, ComfyApi api) {
    List<String> missing = api.missing(nodes);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("ComfyUI started without the nodes " + missing + tail());
    }
  }

  void delete() {
    Folders.delete(folder);
  }

  /** A container has them mounted. */
  private static void linkModels(ServerSettings settings, Path models) throws IOException {
    if (settings.place() instanceof Place.Machine) {
      Files.createSymbolicLink(models, settings.models().orElseThrow());
    } else {
      Files.createDirectory(models);
    }
  }

  /** Nodes that load an image want to find one; ComfyUI comes with this. */
  private static void copyExample(Path source, Path input) throws IOException {
    Path example = source.resolve("input/example.png");
    if (Files.exists(example)) {
      Files.copy(example, input.resolve("example.png"));
    }
  }
}
