package dev.tidepool.exporting;

import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the node packs that bring node types, where workflows and lists do not tell: by looking for
 * the type's name in quotes in their Python and JavaScript files. That costs nothing but reading,
 * and runs nothing; a pack too many is possible, a pack too few hardly.
 */
final class PackSources {
  private static final long LARGEST = 4L << 20;
  private static final Set<String> SKIPPED = Set.of("__pycache__", "node_modules");

  private final Path customNodes;

  PackSources(Path customNodes) {
    this.customNodes = customNodes;
  }

  /** The folders in {@code custom_nodes}. */
  List<String> folders() throws IOException {
    List<String> folders = new ArrayList<>();
    for (Path child : Folders.children(customNodes)) {
      String name = child.getFileName().toString();
      if (Files.isDirectory(child) && !name.startsWith(".") && !SKIPPED.contains(name)) {
        folders.add(name);
      }
    }
    return folders;
  }

  /** Which of the folders bring which of the types. */
  Map<String, Set<String>> ofTypes(Set<String> types, Collection<String> folders)
      throws IOException {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (String folder : folders) {
      Path pack = customNodes.resolve(folder);
      if (Files.isDirectory(pack)) {
        for (String type : named(types, pack.toRealPath())) {
          found.computeIfAbsent(type, unused -> new LinkedHashSet<>()).add(folder);
        }
      }
    }
    return found;
  }

  private static Set<String> named(Set<String> types, Path pack) throws IOException {
    Set<String> named = new LinkedHashSet<>();
    Files.walkFileTree(
        pack,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean skipped = SKIPPED.contains(name) || name.startsWith(".");
            return skipped && !folder.equals(pack)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = String.valueOf(file.getFileName());
            boolean source = name.endsWith(".py") || name.endsWith(".js");
            if (source && attributes.isRegularFile() && attributes.size() <= LARGEST) {
              String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
              for (String type : types) {
                if (text.contains('"' + type + '"') || text.contains('\'' + type + '\'')) {
                  named.add(type);
                }
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return named;
  }
}
