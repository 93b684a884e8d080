package dev.tidepool.workflow;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces several files of workflows together, such as ComfyUI's and the environment's copy of
 * one: all files are held, all new contents go onto the disk, then each takes its place in one step
 * and keeps its permissions. When a step fails, those before it are taken back. A crash between two
 * steps leaves some files new and some old, and each of them whole.
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
          // In one order everywhere, so that of two at once one gets all its files.
          Map<Path, Change> real = new TreeMap<>();
          for (Change change : changes) {
            if (!Arrays.equals(change.before(), change.after())) {
              real.put(change.file().toRealPath(), change);
            }
          }
          replace(real);
          return real.size();
        });
  }

  private static void replace(Map<Path, Change> changes) throws IOException {
    List<HeldFile> held = new ArrayList<>();
    Map<Path, Path> prepared = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, Change> entry : changes.entrySet()) {
        held.add(HeldFile.of(entry.getKey(), entry.getValue().before()));
      }
      for (Map.Entry<Path, Change> entry : changes.entrySet()) {
        Path file = entry.getKey();
        prepared.put(file, AtomicFiles.beside(file, entry.getValue().after()));
      }
      move(prepared, changes);
    } finally {
      prepared.values().forEach(Folders::deleteQuietly);
      for (HeldFile each : held) {
        each.close();
      }
    }
  }

  private static void move(Map<Path, Path> prepared, Map<Path, Change> changes) throws IOException {
    List<Path> moved = new ArrayList<>();
    try {
      for (Map.Entry<Path, Path> entry : prepared.entrySet()) {
        AtomicFiles.move(entry.getValue(), entry.getKey());
        moved.add(entry.getKey());
      }
    } catch (IOException e) {
      for (Map.Entry<Path, Change> entry : changes.entrySet()) {
        if (moved.contains(entry.getKey())) {
          Path file = entry.getKey();
          AtomicFiles.move(AtomicFiles.beside(file, entry.getValue().before()), file);
        }
      }
      throw e;
    }
  }
}
