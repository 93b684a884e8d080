package dev.tidepool.workflow;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces several files of workflows together, such as ComfyUI's and the environment's copy of
 * one: first all new contents go onto the disk, then each takes its place in one step. When a step
 * fails, those before it are taken back. A crash between two steps leaves some files new and some
 * old, and each of them whole.
 */
public final class Replacement {
  private Replacement() {}

  /**
   * A file and its new content.
   *
   * @param before what the file held when the change was made up
   */
  public record Change(Path file, byte[] before, byte[] after) {}

  /**
   * Replaces the files; those whose content does not change stay untouched.
   *
   * @throws TidepoolException {@code workflow-changed} when another program wrote one of them in
   *     between; then none is replaced
   */
  public static void together(List<Change> changes) {
    StorageFailures.translate(
        "write the workflows",
        () -> {
          Map<Path, Change> real = new LinkedHashMap<>();
          for (Change change : changes) {
            if (!Arrays.equals(change.before(), change.after())) {
              real.put(change.file().toRealPath(), change);
            }
          }
          try {
            for (Map.Entry<Path, Change> entry : real.entrySet()) {
              AtomicFiles.prepare(entry.getKey(), entry.getValue().after());
            }
            for (Map.Entry<Path, Change> entry : real.entrySet()) {
              requireSame(entry.getKey(), entry.getValue().before());
            }
            move(real);
          } finally {
            real.keySet().forEach(file -> Folders.deleteQuietly(AtomicFiles.temporary(file)));
          }
          return real.size();
        });
  }

  private static void move(Map<Path, Change> changes) throws IOException {
    List<Path> moved = new ArrayList<>();
    try {
      for (Path file : changes.keySet()) {
        AtomicFiles.move(AtomicFiles.temporary(file), file);
        moved.add(file);
      }
    } catch (IOException e) {
      for (Map.Entry<Path, Change> entry : changes.entrySet()) {
        if (moved.contains(entry.getKey())) {
          AtomicFiles.write(entry.getKey(), entry.getValue().before());
        }
      }
      throw e;
    }
  }

  private static void requireSame(Path file, byte[] before) throws IOException {
    if (!Arrays.equals(Files.readAllBytes(file), before)) {
      throw new TidepoolException(
          ErrorKind.CONFLICT,
          "workflow-changed",
          "Another program changed " + file + " meanwhile.",
          "Do it again.");
    }
  }
}
