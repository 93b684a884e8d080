package dev.tidepool.cli;

import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Makes what an import finds on a machine: a ComfyUI in the cache, and a Python and a uv that only
 * answer.
 */
final class TrainingMachine {
  private TrainingMachine() {}

  static void make(Path folder) throws IOException {
    Workspace workspace = new Workspace(folder.resolve("home"));
    Path place = workspace.comfyUiCache().resolve("store").resolve("release_v0.30.0");
    Files.createDirectories(place.resolve("content").resolve("comfy"));
    for (String name : List.of("main.py", "nodes.py", "requirements.txt")) {
      Files.createFile(place.resolve("content").resolve(name));
    }
    Files.writeString(
        place.resolve("metadata.json"), "{\"version\":\"v0.30.0\",\"version_type\":\"release\"}");
    Files.createDirectories(programs(folder));
    program(folder, "python3.11", "python cpython 3.11.0 0");
    program(folder, "uv", "uv 0.8.0");
  }

  /** Where the programs are. */
  static Path programs(Path folder) {
    return folder.resolve("programs");
  }

  private static void program(Path folder, String name, String answer) throws IOException {
    Path file = programs(folder).resolve(name);
    Files.writeString(file, "#!/bin/sh\necho '" + answer + "'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
