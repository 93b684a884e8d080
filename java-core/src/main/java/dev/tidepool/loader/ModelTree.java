package dev.tidepool.loader;

import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The models below a folder {@code models}, and in the other directories that a ComfyUI searches.
 * Looks at the disk for each question; the names of all files are collected at the first question
 * for one that is not where it should be. Not thread-safe.
 */
public final class ModelTree implements ModelFiles {
  private static final int DEEPEST = 32;

  /** By this file ComfyUI's DiffusersLoader knows the folders that it offers. */
  private static final String DIFFUSERS = "model_index.json";

  private final Map<String, List<Path>> directories = new LinkedHashMap<>();
  private final Map<String, ModelFolder> folders = new LinkedHashMap<>();
  private @Nullable Map<String, List<Found>> byName;

  private ModelTree() {}

  /**
   * The models of these folders.
   *
   * @param models where relative paths of the folders begin
   */
  public static ModelTree below(Path models, Collection<ModelFolder> folders) {
    return below(List.of(models), folders);
  }

  /** The models of these folders, each below any of several folders {@code models}. */
  public static ModelTree below(List<Path> models, Collection<ModelFolder> folders) {
    return below(models, Map.of(), folders);
  }

  /** The same, with further directories by the names of folders. */
  static ModelTree below(
      List<Path> models, Map<String, List<Path>> more, Collection<ModelFolder> folders) {
    ModelTree tree = new ModelTree();
    for (ModelFolder folder : folders) {
      Set<Path> paths = new LinkedHashSet<>();
      for (Path root : models) {
        folder.paths().forEach(path -> paths.add(root.resolve(path).normalize()));
      }
      paths.addAll(more.getOrDefault(folder.name(), List.of()));
      tree.directories.put(folder.name(), List.copyOf(paths));
      tree.folders.put(folder.name(), folder);
    }
    return tree;
  }

  @Override
  public boolean exists(ModelFolder folder, String value) {
    for (Path directory : directories.getOrDefault(folder.name(), List.of())) {
      Optional<Path> file = resolved(directory, value);
      if (file.isPresent() && isModel(folder, file.get())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String separator() {
    return java.io.File.separator;
  }

  @Override
  public List<Found> named(String fileName) {
    return all().getOrDefault(fileName.toLowerCase(Locale.ROOT), List.of());
  }

  private Map<String, List<Found>> all() {
    if (byName == null) {
      byName = StorageFailures.translate("look for models", this::collect);
    }
    return byName;
  }

  @Override
  public List<String> values(ModelFolder folder) {
    Set<String> values = new TreeSet<>();
    for (List<Found> found : all().values()) {
      for (Found model : found) {
        if (model.folder().equals(folder.name())) {
          values.add(model.path().replace("/", separator()));
        }
      }
    }
    return List.copyOf(values);
  }

  @Override
  public List<Path> directories(ModelFolder folder) {
    return directories.getOrDefault(folder.name(), List.of());
  }

  @Override
  public Optional<String> inside(ModelFolder folder, String absolute) {
    for (Path directory : directories.getOrDefault(folder.name(), List.of())) {
      try {
        Path path = Path.of(absolute).normalize();
        if (path.isAbsolute() && path.startsWith(directory) && !path.equals(directory)) {
          return Optional.of(slashes(directory.relativize(path)));
        }
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** ComfyUI never leaves the folder, and neither does this. */
  private static Optional<Path> resolved(Path directory, String value) {
    try {
      Path path = Path.of(value);
      // What this system reads as another path is another value for ComfyUI, which compares texts.
      boolean within = !path.isAbsolute() && path.getRoot() == null && !value.isEmpty();
      within &= path.toString().equals(value);
      for (Path part : path) {
        String name = part.toString();
        within &= !name.equals("..") && !name.equals(".") && !name.isEmpty();
      }
      return within ? Optional.of(directory.resolve(path)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isModel(ModelFolder folder, Path file) {
    return folder.holdsDirectories()
        ? Files.isDirectory(file)
        : Files.isRegularFile(file) && folder.offers(String.valueOf(file.getFileName()));
  }

  private Map<String, List<Found>> collect() throws IOException {
    Map<String, List<Found>> found = new HashMap<>();
    for (Map.Entry<String, List<Path>> entry : directories.entrySet()) {
      for (Path directory : entry.getValue()) {
        if (Files.isDirectory(directory)) {
          Files.walkFileTree(
              directory,
              Set.of(FileVisitOption.FOLLOW_LINKS),
              DEEPEST,
              new Collector(entry.getKey(), directory, found));
        }
      }
    }
    found.values().forEach(Collections::sort);
    return found;
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private final class Collector extends SimpleFileVisitor<Path> {
    private final String folder;
    private final Path directory;
    private final Map<String, List<Found>> found;

    Collector(String folder, Path directory, Map<String, List<Found>> found) {
      this.folder = folder;
      this.directory = directory;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      @Nullable ModelFolder of = folders.get(folder);
      if (of != null
          && of.holdsDirectories()
          && !path.equals(directory)
          && Files.isRegularFile(path.resolve(DIFFUSERS))) {
        add(path);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      @Nullable ModelFolder of = folders.get(folder);
      if (attributes.isRegularFile() && of != null && !of.holdsDirectories() && of.offers(name)) {
        add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(Path model) {
      String name = String.valueOf(model.getFileName());
      found
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
          .add(
              new Found(
                  folder,
                  String.valueOf(directory.getFileName()),
                  slashes(directory.relativize(model))));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
