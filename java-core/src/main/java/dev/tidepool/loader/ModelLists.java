package dev.tidepool.loader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The models that a running ComfyUI lists. Immutable. */
public final class ModelLists implements ModelFiles {
  private final Map<String, Set<String>> files = new HashMap<>();
  private final Map<String, List<Path>> directories;
  private final boolean windows;

  /** The files of each folder, by its name; where they lie is not known. */
  public ModelLists(Map<String, List<String>> files) {
    this(files, Map.of());
  }

  /**
   * The files of each folder, by its name, on this machine.
   *
   * @param directories where ComfyUI searches for them; absolute
   */
  public ModelLists(Map<String, List<String>> files, Map<String, List<Path>> directories) {
    this.directories = Map.copyOf(directories);
    files.forEach((folder, names) -> this.files.put(folder, Set.copyOf(new HashSet<>(names))));
    this.windows =
        files.values().stream().flatMap(List::stream).anyMatch(name -> name.indexOf('\\') >= 0);
  }

  @Override
  public boolean exists(ModelFolder folder, String value) {
    return files.getOrDefault(folder.name(), Set.of()).contains(value);
  }

  @Override
  public String separator() {
    return windows ? "\\" : "/";
  }

  @Override
  public List<Found> named(String fileName) {
    String wanted = fileName.toLowerCase(Locale.ROOT);
    List<Found> found = new ArrayList<>();
    files.forEach(
        (folder, names) -> {
          for (String name : names) {
            String path = windows ? name.replace('\\', '/') : name;
            if (path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).equals(wanted)) {
              found.add(new Found(folder, folder, path));
            }
          }
        });
    Collections.sort(found);
    return found;
  }

  @Override
  public List<String> values(ModelFolder folder) {
    return files.getOrDefault(folder.name(), Set.of()).stream().sorted().toList();
  }

  @Override
  public List<Path> directories(ModelFolder folder) {
    return directories.getOrDefault(folder.name(), List.of());
  }

  @Override
  public Optional<String> inside(ModelFolder folder, String absolute) {
    return Optional.empty();
  }
}
