package dev.tidepool.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a ComfyUI's source is on this machine: a folder as it is, any other source once fetched by
 * the command {@code tidepool fetch} and kept.
 */
final class SourceFolder {
  private SourceFolder() {}

  /**
   * The folder with {@code main.py}.
   *
   * @param source a folder, a git URL with {@code @REF} where wanted, {@code pypi:NAME==VERSION},
   *     or a {@code .tar.gz}; a branch is fetched once, and later runs take what was fetched
   * @param launcher Tidepool's launcher
   * @throws IllegalStateException when it is not there, or cannot be fetched
   */
  static Path of(String source, Optional<Path> launcher, Path kept) {
    Path folder = Path.of(source).toAbsolutePath().normalize();
    if (Files.isDirectory(folder)) {
      return folder;
    }
    if (launcher.isEmpty()) {
      throw new IllegalStateException(
          "-Dtidepool.comfyui names "
              + folder
              + ", which is no folder; to fetch a ComfyUI from elsewhere, name Tidepool's launcher"
              + " with -Dtidepool.launcher=…");
    }
    Path target = kept.resolve(new ContentDigest().text(source).hex());
    try {
      if (!Files.isDirectory(target)) {
        Files.createDirectories(kept);
        Command.run(
            new ProcessBuilder(
                launcher.get().toString(), "fetch", source, target.toString(), "--json"));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
