package dev.tidepool.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a test's ComfyUI runs. */
public sealed interface Place {
  /**
   * A process of this machine.
   *
   * @param python the interpreter that has the requirements of ComfyUI and of the packs
   */
  record Machine(Path python) implements Place {}

  /**
   * A container. Its image is built once for all runs with the same content: the base image with
   * PyTorch, ComfyUI and its requirements, and the requirements of the packs.
   *
   * @param baseImage an image with a Python 3.11 or newer named {@code python3}, and its {@code
   *     venv} module
   * @param requirements files of more Python packages, in pip's format
   * @param downloads a folder of this machine that keeps what uv downloads; without one, the Docker
   *     engine keeps it in a volume
   */
  record Container(String baseImage, List<Path> requirements, Optional<Path> downloads)
      implements Place {
    /** The base image unless another one is named. */
    public static final String USUAL_BASE_IMAGE = "python:3.12-slim-bookworm";

    /** Copies the list. */
    public Container {
      requirements = List.copyOf(requirements);
    }

    /**
     * Reads the system properties {@code tidepool.base-image}, {@code tidepool.requirements} (files
     * separated as in a class path) and {@code tidepool.downloads}, none of which is needed.
     */
    public static Container fromProperties() {
      return new Container(
          System.getProperty("tidepool.base-image", USUAL_BASE_IMAGE),
          Optional.ofNullable(System.getProperty("tidepool.requirements")).stream()
              .flatMap(files -> Arrays.stream(files.split(File.pathSeparator)))
              .map(Path::of)
              .toList(),
          Optional.ofNullable(System.getProperty("tidepool.downloads")).map(Path::of));
    }
  }
}
