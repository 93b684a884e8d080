package dev.tidepool.comfyui;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The node pack as the build made it.
 *
 * @param folder its folder
 * @param digest differs exactly when a file differs
 */
public record Pack(Path folder, String digest) {
  /** The name of the pack's folder in a ComfyUI. */
  public static final String NAME = "comfyui-tidepool";

  /**
   * The pack in the folder.
   *
   * @throws TidepoolException {@code pack-missing}
   */
  public static Pack in(Path folder) {
    if (!Files.isRegularFile(folder.resolve("__init__.py"))) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "pack-missing",
          "The node pack is not in " + folder + ".",
          "Start tidepool by its launcher, which builds the pack.");
    }
    return new Pack(
        folder, StorageFailures.translate("read the pack in " + folder, () -> digestOf(folder)));
  }

  /** The name of the example workflow that a first start shows. */
  public Optional<String> example() {
    Path examples = folder.resolve("example_workflows");
    return StorageFailures.translate(
        "read " + examples,
        () ->
            Folders.children(examples).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .findFirst());
  }

  /** The pack's files, relative to its folder, without what Python and tools leave behind. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(folder::relativize)
          .filter(Pack::belongs)
          .sorted()
          .toList();
    }
  }

  private static boolean belongs(Path file) {
    for (Path part : file) {
      if (part.toString().equals("__pycache__")) {
        return false;
      }
    }
    return true;
  }

  private static String digestOf(Path folder) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[1 << 16];
    for (Path file : files(folder)) {
      String name = file.toString().replace('\\', '/');
      long size = Files.size(folder.resolve(file));
      digest.update((name + "\0" + size + "\0").getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(folder.resolve(file))) {
        int read = in.read(buffer);
        while (read >= 0) {
          digest.update(buffer, 0, read);
          read = in.read(buffer);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
