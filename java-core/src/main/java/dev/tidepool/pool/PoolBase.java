package dev.tidepool.pool;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.IoWork;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.StoreLock;
import dev.tidepool.io.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;

/**
 * The folder that holds all pools of one ComfyUI, {@code <ComfyUI input>/grid_pool}.
 *
 * <pre>
 * grid_pool/
 *   .lock            held by whoever changes anything
 *   .staging/        what is being copied in; a crash may leave folders here
 *   .trash/          what was deleted, for seven days
 *   profiles.json    the registry of profiles
 *   &lt;id&gt;/            one pool
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class PoolBase {
  private static final Duration TIDIED_EVERY = Duration.ofHours(1);
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path root;
  private final Clock clock;
  private final StoreLock lock;
  private final Trash trash;

  /** The base in this folder, which need not exist yet. */
  public PoolBase(Path root, Clock clock, StoreLocks locks) {
    this.root = Folders.real(root);
    this.clock = clock;
    this.lock = locks.of(this.root);
    this.trash = new Trash(this.root.resolve(".trash"), clock);
  }

  /** Where the pools of a ComfyUI are that keeps its input in its own folder. */
  public static Path of(Path comfyUi) {
    return comfyUi.resolve("input").resolve("grid_pool");
  }

  /** The folder itself, absolute. */
  public Path root() {
    return root;
  }

  /** The clock that dates deletions. */
  public Clock clock() {
    return clock;
  }

  /** Where deleted things wait. */
  public Trash trash() {
    return trash;
  }

  /**
   * The folder of the pool with this id; it need not exist.
   *
   * @throws TidepoolException {@code id-invalid}, or {@code pool-outside-base} when a link stands
   *     in its place
   */
  public Path folder(String id) {
    Path folder = root.resolve(Ids.require(id));
    if (Folders.isThere(folder) && !Folders.isReal(folder)) {
      throw new TidepoolException(
          ErrorKind.FORBIDDEN,
          "pool-outside-base",
          "The pool " + id + " is not a folder of its own in " + root + ".",
          "Put a real folder there instead of a link or a file.");
    }
    return folder;
  }

  /**
   * Changes the base while nobody else does.
   *
   * @param doing what is being done, as it follows "Cannot"
   */
  public <T> T change(String doing, IoWork<T> work) {
    return StorageFailures.translate(
        doing,
        () ->
            lock.holding(
                () -> {
                  tidy();
                  return work.run();
                }));
  }

  /** A fresh folder for content on its way in; on the same device as the pools. */
  public Path stage() throws IOException {
    Path staging = Files.createDirectories(root.resolve(".staging"));
    return Files.createDirectory(staging.resolve("new-" + Ids.fresh()));
  }

  /**
   * Deletes what is too old in the staging folder and in the trash, once an hour at most. The lock
   * must be held.
   */
  private void tidy() throws IOException {
    Path mark = root.resolve(".staging").resolve(".tidied");
    FileTime now = FileTime.fromMillis(clock.millis());
    if (Files.exists(mark)
        && Math.abs(now.toMillis() - Files.getLastModifiedTime(mark).toMillis())
            < TIDIED_EVERY.toMillis()) {
      return;
    }
    Files.createDirectories(mark.resolveSibling("."));
    Files.write(mark, new byte[0]);
    Files.setLastModifiedTime(mark, now);
    trash.purge();
    long oldest = clock.millis() - ABANDONED.toMillis();
    for (Path left : Folders.children(root.resolve(".staging"))) {
      if (Folders.isReal(left) && Files.getLastModifiedTime(left).toMillis() < oldest) {
        Folders.deleteQuietly(left);
      }
    }
  }
}
