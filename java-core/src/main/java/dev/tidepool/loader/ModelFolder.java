package dev.tidepool.loader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One of ComfyUI's kinds of models, as its {@code folder_paths.folder_names_and_paths} has it.
 * Immutable.
 *
 * @param name such as {@code text_encoders}
 * @param paths the directories that ComfyUI searches, in its order: relative to the folder {@code
 *     models}, such as {@code text_encoders} and {@code clip}; absolute when a ComfyUI told them
 * @param extensions of the files that it offers, in lower case with the point; empty when it offers
 *     every file
 */
public record ModelFolder(String name, List<String> paths, Set<String> extensions) {
  private static final String DIRECTORIES = "folder";

  /** Copies the collections. */
  public ModelFolder {
    paths = List.copyOf(paths);
    extensions = Set.copyOf(extensions);
  }

  /** Whether all its paths are below some folder {@code models}. */
  boolean isRelative() {
    return paths.stream().noneMatch(path -> Path.of(path).isAbsolute());
  }

  /** Whether a model in it is a directory, not a file. */
  public boolean holdsDirectories() {
    return extensions.contains(DIRECTORIES);
  }

  /** Whether ComfyUI offers a file of that name: the extension decides. */
  public boolean offers(String name) {
    return extensions.isEmpty() || holdsDirectories() || extensions.contains(extension(name));
  }

  /**
   * The names by which people and other tools refer to this folder in front of a model's path: the
   * folder's own, and the last part of each path.
   */
  public List<String> baseNames() {
    Set<String> names = new LinkedHashSet<>();
    names.add(name);
    for (String path : paths) {
      String last = lastPart(path);
      if (!last.isEmpty()) {
        names.add(last);
      }
    }
    return new ArrayList<>(names);
  }

  /** What Python's {@code os.path.splitext} takes for the extension, in lower case. */
  static String extension(String name) {
    String last = lastPart(name);
    int point = last.lastIndexOf('.');
    boolean onlyPointsBefore =
        last.substring(0, Math.max(point, 0)).chars().allMatch(c -> c == '.');
    return point < 0 || onlyPointsBefore ? "" : last.substring(point).toLowerCase(Locale.ROOT);
  }

  private static String lastPart(String path) {
    int end = path.length();
    while (end > 0 && isSeparator(path.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && !isSeparator(path.charAt(start - 1))) {
      start--;
    }
    return path.substring(start, end);
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }
}
