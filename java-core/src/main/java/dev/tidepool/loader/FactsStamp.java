package dev.tidepool.loader;

import dev.tidepool.comfyui.ComfyUi;
import dev.tidepool.hash.Sha256;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a kept answer still holds: by ComfyUI's version, its Python, and the size and time
 * of every source file of its nodes. A kept answer begins with the stamp's digest.
 *
 * @param digest of everything that the answer depends on
 */
record FactsStamp(String digest) {
  private static final int DIGITS = 64;

  /** How many bytes of a kept answer {@link #digestOf} needs. */
  static final int HEAD = DIGITS + 1;

  private static final Set<String> SKIPPED =
      Set.of(".git", "__pycache__", "node_modules", ".venv", "venv");
  private static final List<String> SOURCES = List.of("comfy_extras", "comfy_api_nodes");
  private static final List<String> FILES =
      List.of("nodes.py", "folder_paths.py", "extra_model_paths.yaml");
  private static final int DEEPEST = 8;

  static FactsStamp of(ComfyUi comfyUi, Path python) {
    return StorageFailures.translate(
        "look into " + comfyUi.folder(),
        () -> {
          List<String> lines = new ArrayList<>();
          for (String name : FILES) {
            add(comfyUi.folder().resolve(name), lines);
          }
          for (String name : SOURCES) {
            walk(comfyUi.folder().resolve(name), lines);
          }
          walk(comfyUi.customNodes(), lines);
          Collections.sort(lines);
          lines.add(comfyUi.version() + " " + python);
          return new FactsStamp(Sha256.of(String.join("\n", lines)));
        });
  }

  /** The digest that a kept answer begins with, if it is one. */
  static Optional<String> digestOf(byte[] kept) {
    return kept.length > DIGITS && kept[DIGITS] == '\n'
        ? Optional.of(new String(kept, 0, DIGITS, StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  /** The answer in a kept file, whether it holds or not. */
  static Optional<byte[]> anyContent(byte[] kept) {
    return digestOf(kept).map(digest -> Arrays.copyOfRange(kept, HEAD, kept.length));
  }

  /** An answer as it is kept. */
  byte[] with(byte[] answer) {
    byte[] head = (digest + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] both = new byte[head.length + answer.length];
    System.arraycopy(head, 0, both, 0, head.length);
    System.arraycopy(answer, 0, both, head.length, answer.length);
    return both;
  }

  /** The answer in a kept file, if it holds. */
  Optional<byte[]> content(byte[] kept) {
    return digestOf(kept).filter(digest::equals).flatMap(same -> anyContent(kept));
  }

  private static void walk(Path folder, List<String> lines) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    // Packs under development are often links; a link that leads in a circle is left out.
    Files.walkFileTree(
        folder,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(inner.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".py")) {
              add(file, lines);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void add(Path file, List<String> lines) throws IOException {
    if (Files.isRegularFile(file)) {
      lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
    }
  }
}
