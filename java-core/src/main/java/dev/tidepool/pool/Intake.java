package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.image.ImageHeader;
import dev.tidepool.image.ImageHeaders;
import dev.tidepool.io.FileStamp;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes images in: each is looked at and copied beside the pools before the lock is taken, so that
 * a large upload keeps nobody waiting and a failing one leaves no trace.
 */
final class Intake {
  private final PoolBase base;
  private final Removals removals;

  Intake(PoolBase base, Removals removals) {
    this.base = base;
    this.removals = removals;
  }

  private record Received(Path copy, String name, Fact fact) {}

  /** Images that were copied and wait for their place. Closing it deletes what was not placed. */
  static final class Batch implements AutoCloseable {
    private final PoolBase base;
    private final List<Received> received = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    private @Nullable Path stage;

    private Batch(PoolBase base) {
      this.base = base;
    }

    /** Where the next image is copied to. Without any image there is no folder for them. */
    private Path nextCopy() throws IOException {
      Path folder = stage != null ? stage : base.stage();
      stage = folder;
      return folder.resolve(Integer.toString(received.size()));
    }

    boolean isEmpty() {
      return received.isEmpty();
    }

    List<Refusal> refused() {
      return refused;
    }

    /** The names that the images get in a pool. */
    List<String> namesIn(PoolFolder folder, PoolState state) {
      TakenNames taken = new TakenNames(folder.path(), state);
      List<String> names = new ArrayList<>();
      for (Received image : received) {
        String name = ImageNames.free(image.name(), taken::contains);
        taken.add(name);
        names.add(name);
      }
      return names;
    }

    /** The images' way into the pool's folder under these names. */
    Removals.Arrival into(PoolFolder folder, List<String> names) {
      return new Removals.Arrival() {
        @Override
        public void carryOut() throws IOException {
          for (int i = 0; i < names.size(); i++) {
            Path target = folder.path().resolve(names.get(i));
            Files.move(received.get(i).copy(), target, StandardCopyOption.ATOMIC_MOVE);
            folder.facts().put(names.get(i), received.get(i).fact());
          }
          Folders.sync(folder.path());
        }

        @Override
        public void undo() throws IOException {
          for (int i = 0; i < names.size(); i++) {
            if (!Files.exists(received.get(i).copy())) {
              Folders.delete(folder.path().resolve(names.get(i)));
            }
          }
        }
      };
    }

    @Override
    public void close() {
      if (stage != null) {
        Folders.deleteQuietly(stage);
      }
    }
  }

  Batch receive(List<NewImage> images, Progress progress) throws IOException {
    progress.total(images.stream().mapToLong(image -> image.file().toFile().length()).sum());
    Batch batch = new Batch(base);
    try {
      for (NewImage image : images) {
        try {
          batch.received.add(receive(image, batch, progress));
        } catch (TidepoolException e) {
          batch.refused.add(new Refusal(image.name(), e));
        } catch (NoSuchFileException e) {
          batch.refused.add(new Refusal(image.name(), missing(image)));
        }
      }
      return batch;
    } catch (IOException | RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  /** Lets received images into a pool, all of them or none. The lock must be held. */
  Addition place(Batch batch, PoolFolder folder) throws IOException {
    boolean known = Folders.isReal(folder.path());
    try {
      Files.createDirectories(folder.path());
      List<String> added =
          place(folder, batch, removals.finish(folder, folder.arrangement().loadOrSetAside()));
      folder.facts().keep(added);
      return new Addition(added, batch.refused());
    } catch (IOException e) {
      if (!known) {
        Folders.deleteEmpty(folder.path());
      }
      throw e;
    }
  }

  private List<String> place(PoolFolder folder, Batch batch, PoolState stored) throws IOException {
    PoolState state = folder.reconciled(stored);
    List<String> added = batch.namesIn(folder, state);
    List<StoredSlot> slots = new ArrayList<>(state.slots());
    added.forEach(name -> slots.add(StoredSlot.fresh(name)));
    PoolState filled = state.withSlots(slots);
    removals.add(
        folder,
        state,
        filled.withActive(filled.activeAmong(StoredSlot::enabled)),
        added,
        batch.into(folder, added));
    return added;
  }

  private static Received receive(NewImage image, Batch batch, Progress progress)
      throws IOException {
    if (!Files.exists(image.file())) {
      throw missing(image);
    }
    if (!Files.isRegularFile(image.file())) {
      throw new TidepoolException(
          ErrorKind.UNSUPPORTED,
          "image-format-unsupported",
          Texts.quoted(image.name()) + " is not a file.");
    }
    if (!Files.isReadable(image.file())) {
      throw new TidepoolException(
          ErrorKind.STORAGE,
          "storage-denied",
          Texts.quoted(image.name()) + " cannot be read: access is denied.",
          "Check the owner and the permissions of that file.");
    }
    ImageHeader header = ImageHeaders.read(image.file(), image.name());
    Path copy = batch.nextCopy();
    String sha256;
    try (FileChannel channel =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      sha256 = Digests.copy(image.file(), out, progress::advance);
    }
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    FileStamp stamp =
        FileStamp.of(copy).orElseThrow(() -> new NoSuchFileException(copy.toString()));
    return new Received(
        copy,
        ImageNames.safe(image.name(), header.format()),
        new Fact(stamp.bytes(), stamp.modified(), header.width(), header.height(), sha256));
  }

  private static TidepoolException missing(NewImage image) {
    return new TidepoolException(
        ErrorKind.NOT_FOUND,
        "file-not-found",
        "There is no file " + image.file() + ".",
        "Name images that are there; paths are relative to the current folder.");
  }
}
