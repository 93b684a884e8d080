package dev.tidepool.workflow;

import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the files that may be workflows. Links to folders are passed over. */
public final class WorkflowFiles {
  private static final int DEEPEST = 64;

  private WorkflowFiles() {}

  /**
   * Every {@code *.json} in the folder and below, sorted, but names that begin with a dot:
   * ComfyUI's page keeps its bookmarks in {@code .index.json}. Folders that cannot be read are
   * passed over.
   */
  public static List<Path> below(Path folder) {
    return StorageFailures.translate("read " + folder, () -> walk(folder));
  }

  private static List<Path> walk(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      add(entries, files, 1);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(null);
    return List.copyOf(files);
  }

  /** Looks at an entry of a folder only as far as its name leaves open what it is. */
  private static void add(DirectoryStream<Path> entries, List<Path> files, int depth) {
    for (Path entry : entries) {
      String name = name(entry);
      if (name.startsWith(".")) {
        continue;
      }
      if (name.endsWith(".json") && Files.isRegularFile(entry)) {
        files.add(entry);
      } else if (depth < DEEPEST && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        addBelow(entry, files, depth + 1);
      }
    }
  }

  private static void addBelow(Path folder, List<Path> files, int depth) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      add(entries, files, depth);
    } catch (IOException | DirectoryIteratorException e) {
      // Folders that cannot be read are passed over.
      return;
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }
}
