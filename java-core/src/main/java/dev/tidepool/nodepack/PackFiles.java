package dev.tidepool.nodepack;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The files of a pack's folder in a fixed order, without git's own. A link to a file of the same
 * pack counts as that file.
 *
 * @param files sorted as ComfyDock sorts them, by the parts of their paths
 */
record PackFiles(List<PackFile> files) {
  /**
   * One file.
   *
   * @param name its path in the pack, with slashes
   * @param file where its content is
   */
  record PackFile(String name, Path file) {}

  /**
   * Lists a folder.
   *
   * @throws TidepoolException {@code node-link-outside} for a link to anything but a file of the
   *     pack
   */
  static PackFiles of(Path folder) throws IOException {
    Path root = folder.toRealPath();
    TreeMap<String, Path> sorted =
        new TreeMap<>((a, b) -> Arrays.compare(a.split("/", -1), b.split("/", -1)));
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return isGit(visited) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!isGit(file)) {
              String name = root.relativize(file).toString().replace('\\', '/');
              sorted.put(name, attributes.isRegularFile() ? file : linked(root, file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    List<PackFile> found = new ArrayList<>(sorted.size());
    sorted.forEach((name, file) -> found.add(new PackFile(name, file)));
    return new PackFiles(List.copyOf(found));
  }

  /** The same without what Python makes of the files when they are run. */
  PackFiles withoutCompiled() {
    return new PackFiles(
        files.stream().filter(each -> !("/" + each.name()).contains("/__pycache__/")).toList());
  }

  /** ComfyDock's hash of a pack: SHA-256 over each path and content, in hex digits. */
  String hash() throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] buffer = new byte[1 << 16];
    for (PackFile each : files) {
      digest.update(each.name().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(each.file())) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return Sha256.end(digest);
  }

  /** The content of all files together, in bytes. */
  long bytes() throws IOException {
    long bytes = 0;
    for (PackFile each : files) {
      bytes += Files.size(each.file());
    }
    return bytes;
  }

  private static boolean isGit(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).equals(".git");
  }

  private static Path linked(Path root, Path link) throws IOException {
    Path target = Files.exists(link) ? link.toRealPath() : link;
    if (target.startsWith(root)
        && Files.isRegularFile(target)
        && !root.relativize(target).toString().toLowerCase(Locale.ROOT).startsWith(".git")) {
      return target;
    }
    throw new TidepoolException(
        ErrorKind.MALFORMED,
        "node-link-outside",
        "The pack holds a link to something that is no file of its own: "
            + Texts.quoted(root.relativize(link).toString())
            + ".",
        "Get the pack from a source that you trust.");
  }
}
