package dev.tidepool.profile;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.BackgroundSync;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Ids;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.PoolBase;
import dev.tidepool.pool.PoolStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Copies whole pools, into a folder or an archive. Copying takes long, so it does not hold the
 * lock; when the pool changed meanwhile the copy is made again, the last time under the lock.
 */
final class PoolCopies {
  private static final int FREE_TRIES = 2;

  private final PoolBase base;
  private final PoolStore pools;

  PoolCopies(PoolBase base, PoolStore pools) {
    this.base = base;
    this.pools = pools;
  }

  /** Copies the pool's files into an empty folder, and to the device. */
  void copy(String id, Path target, Progress progress) throws IOException {
    steadily(
        id,
        () -> {
          for (Path left : Folders.children(target)) {
            Folders.delete(left);
          }
          copyInto(base.folder(id), target, progress);
        });
    Folders.syncTree(target);
  }

  /** Writes the profile's archive beside the target, then into its place. */
  Export export(Profile profile, Path target, Progress progress) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(String.valueOf(folder));
    }
    if (belongsToBase(Folders.real(absolute))
        || (Files.exists(absolute) && !Files.isRegularFile(absolute))) {
      throw new TidepoolException(
          ErrorKind.INVALID,
          "export-target-invalid",
          "An archive cannot take the place of " + absolute + ".",
          "Name a file outside the folder of the pools.");
    }
    Path temporary = folder.resolve(".tidepool-" + Ids.fresh() + ".tmp");
    try {
      int[] files = {0};
      steadily(profile.id(), () -> files[0] = archive(profile, temporary, progress));
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      AtomicFiles.move(temporary, absolute);
      return new Export(absolute, Files.size(absolute), files[0]);
    } finally {
      Folders.deleteQuietly(temporary);
    }
  }

  private boolean belongsToBase(Path target) {
    if (!target.startsWith(base.root())) {
      return false;
    }
    Path inside = base.root().relativize(target);
    String first = inside.getName(0).toString();
    return inside.getNameCount() > 1 || first.startsWith(".") || first.equals("profiles.json");
  }

  private int archive(Profile profile, Path file, Progress progress) throws IOException {
    PoolFiles content = PoolFiles.of(base.folder(profile.id()));
    ArchiveRules.requirePortable(content);
    progress.total(content.bytes());
    try (ArchiveWriter writer = new ArchiveWriter(file)) {
      writer.add("profile_meta.json", ArchiveMeta.of(profile).bytes());
      for (String folder : content.folders()) {
        writer.addFolder("pool/" + folder);
      }
      for (Map.Entry<String, Long> entry : content.files().entrySet()) {
        String name = entry.getKey();
        if (name.equals("pool.json")) {
          progress.advance(entry.getValue());
        } else {
          writer.add(
              "pool/" + name, base.folder(profile.id()).resolve(name), entry.getValue(), progress);
        }
      }
      writer.add("pool/pool.json", pools.arrangement(profile.id()));
    }
    return content.files().size();
  }

  private static void copyInto(Path pool, Path target, Progress progress) throws IOException {
    PoolFiles content = PoolFiles.of(pool);
    progress.total(content.bytes());
    for (String folder : content.folders()) {
      Files.createDirectories(target.resolve(folder));
    }
    try (BackgroundSync sync = new BackgroundSync()) {
      for (String file : content.files().keySet()) {
        Path copy = target.resolve(file);
        Files.createDirectories(copy.resolveSibling("."));
        Folders.copyFile(pool.resolve(file), copy, progress);
        sync.add(copy);
      }
      sync.finish();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void steadily(String id, Work work) throws IOException {
    for (int i = 0; i < FREE_TRIES; i++) {
      pools.settle(id);
      String before = pools.get(id).revision();
      try {
        work.run();
      } catch (NoSuchFileException e) {
        if (before.equals(pools.get(id).revision())) {
          throw e;
        }
      }
      if (before.equals(pools.get(id).revision())) {
        return;
      }
    }
    base.change(
        "copy the pool " + id,
        () -> {
          pools.settle(id);
          work.run();
          return true;
        });
  }
}
