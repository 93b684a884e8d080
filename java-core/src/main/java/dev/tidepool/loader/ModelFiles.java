package dev.tidepool.loader;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which model files there are for a ComfyUI: on a disk ({@link ModelTree}), or as a running ComfyUI
 * lists them ({@link ModelLists}).
 */
public interface ModelFiles {
  /** Longer values, in characters, lead nowhere: no system that ComfyUI runs on has such paths. */
  int LONGEST_VALUE = 4096;

  /**
   * A model that is there. Models are in the order of their folders, directories and paths.
   *
   * @param folder the name of the folder it is in
   * @param directory the directory of that folder, such as {@code clip} of {@code text_encoders};
   *     the folder's own name where that is not known
   * @param path its path within that directory, with {@code /}
   */
  record Found(String folder, String directory, String path) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      int folders = folder.compareTo(other.folder);
      int directories = folders != 0 ? folders : directory.compareTo(other.directory);
      return directories != 0 ? directories : path.compareTo(other.path);
    }

    /** The path with the directory in front, as people write it. */
    public String fullPath() {
      return directory + "/" + path;
    }
  }

  /** Whether ComfyUI finds a model in the folder by this value, exactly as it is written. */
  boolean exists(ModelFolder folder, String value);

  /** What separates the parts of a value that this ComfyUI accepts. */
  String separator();

  /** The models with this file name, in whatever folder, ignoring case; sorted. */
  List<Found> named(String fileName);

  /** What ComfyUI offers in a folder, as it spells it; sorted. */
  List<String> values(ModelFolder folder);

  /** The directories that ComfyUI searches for a folder, as far as this machine has them. */
  List<Path> directories(ModelFolder folder);

  /** The path below one of the folder's directories, with {@code /}, if an absolute path is. */
  Optional<String> inside(ModelFolder folder, String absolute);
}
