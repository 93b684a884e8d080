package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.image.ImageFormat;
import dev.tidepool.image.ImageHeaders;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The masks of a pool: PNG images {@code masks/<image>.png}. */
final class Masks {
  private final PoolBase base;
  private final OpenPools open;

  Masks(PoolBase base, OpenPools open) {
    this.base = base;
    this.open = open;
  }

  /** Lays a copy of the file beside a slot; a mask that is there goes to the trash. */
  Pool attach(String id, String name, Path file) {
    String doing = "attach a mask in the pool " + id;
    return StorageFailures.translate(
        doing,
        () -> {
          Path stage = base.stage();
          try {
            Path copy = receive(file, stage);
            return open.changing(
                id,
                doing,
                (folder, state) -> {
                  state.requireSlots(id, List.of(name));
                  try (Arrangement.Next next = folder.arrangement().prepare(state)) {
                    attach(id, folder, name, copy);
                    next.commit();
                  }
                });
          } finally {
            Folders.deleteQuietly(stage);
          }
        });
  }

  /** Moves a slot's mask into the trash; none there is fine. */
  Pool remove(String id, String name) {
    return open.changing(
        id,
        "remove a mask in the pool " + id,
        (folder, state) -> {
          state.requireSlots(id, List.of(name));
          try (Arrangement.Next next = folder.arrangement().prepare(state)) {
            if (remove(id, folder, name)) {
              next.commit();
            }
          }
        });
  }

  /** Looks at a mask on its way in and copies it beside the pools. */
  private static Path receive(Path file, Path stage) throws IOException {
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

  private void attach(String id, PoolFolder folder, String name, Path copy) throws IOException {
    requireRealFolder(folder);
    Path mask = folder.mask(name);
    Path masks = folder.path().resolve("masks");
    boolean known = Folders.isReal(masks);
    @Nullable Path place = null;
    try {
      if (Files.isRegularFile(mask)) {
        place = base.trash().open("masks", id);
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

  /** Whether there was one. */
  private boolean remove(String id, PoolFolder folder, String name) throws IOException {
    requireRealFolder(folder);
    Path mask = folder.mask(name);
    if (!Files.isRegularFile(mask)) {
      return false;
    }
    AtomicFiles.move(mask, base.trash().open("masks", id).resolve(name + ".png"));
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
