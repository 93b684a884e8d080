package dev.tidepool.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The base directory of a server that a test starts: made for it, and gone after it. */
final class ServerBase {
  private final Path folder;

  private ServerBase(Path folder) {
    this.folder = folder;
  }

  /** Makes one with the packs of these settings. */
  static ServerBase make(ServerSettings settings) throws IOException {
    Path folder = Files.createTempDirectory("tidepool-comfyui-");
    installPacks(settings.packs(), Files.createDirectory(folder.resolve("custom_nodes")));
    Files.createDirectory(folder.resolve("output"));
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

  void delete() {
    Folders.delete(folder);
  }

  /** Copies, for a pack may write into its own folder. */
  private static void installPacks(List<Path> packs, Path target) throws IOException {
    for (Path pack : packs) {
      Path copy = target.resolve(String.valueOf(pack.getFileName()));
      try (Stream<Path> files = Files.walk(pack)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(pack.relativize(file).toString()));
        }
      }
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
