package dev.tidepool.harness.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a workflow wants to find in ComfyUI's input folder. */
final class Inputs {
  private Inputs() {}

  /** Uploads those that the settings name, else all below {@code NAME.inputs}. */
  static void upload(Workflow workflow, TestSettings settings, Server server) {
    Optional<List<String>> named = settings.inputs();
    Path usual = workflow.beside(".inputs");
    if (named.isEmpty() && Files.isDirectory(usual)) {
      uploadAll(usual, server);
    }
    for (String name : named.orElse(List.of())) {
      Path path = find(workflow.file(), name);
      if (Files.isDirectory(path)) {
        uploadAll(path, server);
      } else {
        upload("", path, server);
      }
    }
  }

  static Path find(Path workflow, String name) {
    try {
      Path path = workflow.resolveSibling(name);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Such a file cannot be there either.
    }
    throw new GoldenException(
        "The input " + name + " is not there.",
        "Paths in \"inputs\" begin at the workflow's folder.");
  }

  private static void uploadAll(Path folder, Server server) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).sorted().forEach(files::add);
    } catch (IOException e) {
      throw new GoldenException(folder + " cannot be read: " + e.getMessage() + ".");
    }
    for (Path file : files) {
      Path parent = folder.relativize(file).getParent();
      upload(parent == null ? "" : parent.toString().replace('\\', '/'), file, server);
    }
  }

  private static void upload(String folder, Path file, Server server) {
    try {
      server.upload(folder, String.valueOf(file.getFileName()), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new GoldenException(file + " cannot be read: " + e.getMessage() + ".");
    }
  }
}
