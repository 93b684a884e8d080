package dev.tidepool.version;

import dev.tidepool.loader.LoaderSlot;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.ModelFolder;
import dev.tidepool.loader.ModelTree;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the file of a model lies.
 *
 * @param category the name of the folder that ComfyUI found it in, such as {@code checkpoints}
 * @param file absolute
 * @param fullPath below a folder {@code models}, with {@code /}
 */
record ModelPlace(String category, Path file, String fullPath) {
  /** The place of the file that ComfyUI loads for a value. */
  static Optional<ModelPlace> of(LoaderSlot slot, String value, Loaders loaders, ModelTree tree) {
    Optional<ModelPlace> usual = in(slot.folder(value), value, loaders, tree);
    for (String folder : slot.folders()) {
      usual = usual.isPresent() ? usual : in(folder, value, loaders, tree);
    }
    return usual;
  }

  private static Optional<ModelPlace> in(
      String name, String value, Loaders loaders, ModelTree tree) {
    Optional<ModelFolder> folder = loaders.folder(name);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    for (Path directory : tree.directories(folder.get())) {
      try {
        Path file = directory.resolve(value);
        if (Files.exists(file)) {
          String slashes = value.replace(file.getFileSystem().getSeparator(), "/");
          String full = directory.getFileName() + "/" + slashes;
          return Optional.of(new ModelPlace(folder.get().name(), file, full));
        }
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
