package dev.tidepool.profile;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a pool that travel with it: all but thumbnails, temporary files and the profile's
 * own description. Links are left out, and files whose name is no text.
 *
 * @param files sizes in bytes by path inside the pool, with {@code /} between folders
 * @param folders the folders that hold nothing
 */
record PoolFiles(SortedMap<String, Long> files, List<String> folders) {
  static PoolFiles of(Path pool) throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    SortedMap<String, Boolean> folders = new TreeMap<>();
    if (!Files.isDirectory(pool)) {
      return new PoolFiles(files, List.of());
    }
    Files.walkFileTree(
        pool,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = relative(pool, folder);
            if (name.equals(".thumbs") || !named(pool, name, folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folders.put(name, true);
            folders.remove(parent(name));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = relative(pool, file);
            folders.remove(parent(name));
            if (attributes.isRegularFile() && travels(name) && named(pool, name, file)) {
              files.put(name, attributes.size());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    folders.remove("");
    return new PoolFiles(files, List.copyOf(folders.keySet()));
  }

  long bytes() {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }

  static boolean travels(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    boolean temporary = last.startsWith(".") && last.endsWith(".tmp");
    return !temporary && !name.equals("profile_meta.json") && !name.startsWith(".thumbs/");
  }

  /** Whether the path can be found by its name, which bytes in another encoding prevent. */
  private static boolean named(Path pool, String name, Path path) {
    return name.isEmpty() || pool.resolve(name).equals(path);
  }

  private static String relative(Path pool, Path path) {
    return pool.relativize(path).toString().replace(File.separatorChar, '/');
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }
}
