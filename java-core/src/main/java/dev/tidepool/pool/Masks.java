package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.image.ImageFormat;
import dev.tidepool.image.ImageHeaders;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The masks of a pool: PNG images {@code masks/<image>.png}. */
final class Masks {
  private final Trash trash;

  Masks(Trash trash) {
    this.trash = trash;
  }

  /** Looks at a mask on its way in and copies it beside the pools. */
  Path receive(Path file, Path stage) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND, "file-not-found", "There is no file " + file + ".");
    }
    if (ImageHeaders.read(file).format() != ImageFormat.PNG) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED, "mask-format-unsupported", "A mask has to be a PNG image.");
    }
    Path copy = stage.resolve("mask");
    Files.copy(file, copy);
    Folders.syncTree(stage);
    return copy;
  }

  void attach(String id, PoolFolder folder, String name, Path copy) throws IOException {
    requireRealFolder(folder);
    Path mask = folder.mask(name);
    Path masks = folder.path().resolve("masks");
    boolean known = Folders.isReal(masks);
    @Nullable Path place = null;
    try {
      if (Files.isRegularFile(mask)) {
        place = trash.open("masks", id);
        Files.copy(mask, place.resolve(name + ".png"));
      }
      Files.createDirectories(masks);
      AtomicFiles.move(copy, mask);
    } catch (IOException e) {
      if (place != null) {
        Folders.deleteQuietly(place);
      }
      if (!known) {
        Folders.deleteEmpty(masks);
      }
      throw e;
    }
  }

  /** Moves a mask into the trash and says whether there was one. */
  boolean remove(String id, PoolFolder folder, String name) throws IOException {
    requireRealFolder(folder);
    Path mask = folder.mask(name);
    if (!Files.isRegularFile(mask)) {
      return false;
    }
    AtomicFiles.move(mask, trash.open("masks", id).resolve(name + ".png"));
    return true;
  }

  private static void requireRealFolder(PoolFolder folder) {
    if (!folder.canHoldMasks()) {
      throw new TidepoolException(
          ErrorKind.FORBIDDEN,
          "pool-outside-base",
          folder.path().resolve("masks") + " is no folder of the pool's own.");
    }
  }
}
