package dev.tidepool.environment;

import dev.tidepool.io.Folders;
import dev.tidepool.workspace.Workspace;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks what lies in the trash of a workspace and in those of its environments.
 *
 * @param measures whether sizes are told, for which every file is looked at; else they are 0
 */
record TrashReading(boolean measures) {
  private static final Path PACKS = Path.of("ComfyUI", "custom_nodes");

  /** The environments that were deleted; what else somebody put there is passed over. */
  List<Trashed> deleted(Workspace workspace) throws IOException {
    List<Trashed> found = new ArrayList<>();
    for (Path folder : Folders.children(workspace.trash())) {
      String id = String.valueOf(folder.getFileName());
      String name = TrashTime.rest(id);
      if (!name.isEmpty() && Folders.isReal(folder)) {
        long bytes = bytes(folder);
        TrashTime.at(id)
            .ifPresent(time -> found.add(new Trashed(id, name, time, List.of(), bytes, folder)));
      }
    }
    return found;
  }

  /** What changes of one environment took away. */
  List<Trashed> changes(Environment environment) throws IOException {
    List<Trashed> found = new ArrayList<>();
    for (Path folder : Folders.children(environment.trash())) {
      String stamp = String.valueOf(folder.getFileName());
      List<Path> paths = new ArrayList<>();
      if (TrashTime.isOne(stamp) && Folders.isReal(folder)) {
        collect(folder, folder, paths);
      }
      if (!paths.isEmpty()) {
        found.add(
            new Trashed(
                environment.name() + "/" + stamp,
                environment.name(),
                TrashTime.at(stamp).orElseThrow(),
                paths,
                bytes(folder),
                folder));
      }
    }
    return found;
  }

  private long bytes(Path folder) throws IOException {
    return measures ? new Sizes().of(folder) : 0;
  }

  /** A node pack is one thing, whatever is in it; of other folders each file is, or it if empty. */
  private static void collect(Path root, Path folder, List<Path> paths) throws IOException {
    for (Path child : Folders.children(folder)) {
      Path relative = root.relativize(child);
      boolean pack = PACKS.equals(relative.getParent());
      if (pack || !Folders.isReal(child) || Folders.children(child).isEmpty()) {
        paths.add(relative);
      } else {
        collect(root, child, paths);
      }
    }
  }

  private static final class Sizes extends SimpleFileVisitor<Path> {
    private long bytes;

    long of(Path folder) throws IOException {
      Files.walkFileTree(folder, this);
      return bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
