package dev.tidepool.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The folders in which a program is looked for by its name, as the variable {@code PATH} lists
 * them.
 *
 * @param folders in the order in which they are looked into
 */
public record SearchPath(List<String> folders) {
  private static final List<String> SUFFIXES = List.of("", ".exe");

  /** Keeps the folders. */
  public SearchPath {
    folders = List.copyOf(folders);
  }

  /**
   * The folders that variables of a process name. An empty name, by which a shell means the folder
   * it is in, is left out.
   */
  public static SearchPath of(Map<String, String> environment) {
    List<String> folders = new ArrayList<>();
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!folder.isEmpty()) {
        folders.add(folder);
      }
    }
    return new SearchPath(folders);
  }

  /** All programs of that name, the one that a shell would run first. */
  public List<Path> programs(String name) {
    List<Path> programs = new ArrayList<>();
    for (String folder : folders) {
      for (String suffix : SUFFIXES) {
        Path program = Path.of(folder).resolve(name + suffix);
        if (Files.isExecutable(program) && Files.isRegularFile(program)) {
          programs.add(program);
        }
      }
    }
    return programs;
  }
}
