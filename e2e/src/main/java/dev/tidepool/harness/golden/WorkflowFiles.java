package dev.tidepool.harness.golden;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the workflows that a command line names. */
public final class WorkflowFiles {
  private WorkflowFiles() {}

  /**
   * The files themselves, and all workflows in the folders, sorted by path; each once. Passed over
   * are hidden folders, goldens, inputs, settings and reports.
   *
   * @param reports folder of the reports of this run
   * @throws GoldenException when one of the paths is not there, or cannot be read
   */
  public static List<Path> find(List<Path> paths, Path reports) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      if (Files.isDirectory(absolute)) {
        found.addAll(inFolder(absolute, reports.toAbsolutePath().normalize()));
      } else if (Files.exists(absolute)) {
        found.add(absolute);
      } else {
        throw new GoldenException("There is no " + path + ".");
      }
    }
    return List.copyOf(found);
  }

  private static List<Path> inFolder(Path root, Path reports) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean aside = (!folder.equals(root) && isAside(folder)) || folder.equals(reports);
              return aside ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String name = String.valueOf(file.getFileName());
              if (name.endsWith(".json") && !name.endsWith(".test.json") && !name.startsWith(".")) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new GoldenException(root + " cannot be read: " + e.getMessage() + ".");
    }
    return files.stream().sorted().toList();
  }

  private static boolean isAside(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.startsWith(".")
        || name.endsWith(".golden")
        || name.endsWith(".inputs")
        || name.equals("tidepool-report")
        || name.equals("node_modules");
  }
}
