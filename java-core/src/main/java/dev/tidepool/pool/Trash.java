package dev.tidepool.pool;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was deleted, for seven days: {@code .trash/<kind>/<id>/<time of deletion in ms>/}. Every
 * method but the constructor's needs the base's lock.
 */
public final class Trash {
  /** How long deleted things are kept. */
  public static final Duration KEPT = Duration.ofDays(7);

  private final Path root;
  private final Clock clock;

  Trash(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** Makes an empty folder for things of this kind and id that are deleted now. */
  Path open(String kind, String id) throws IOException {
    Path place = freePlace(kind, id);
    return Files.createDirectory(place);
  }

  /** The folder of one deletion that {@link #open} made, made again when it is gone. */
  Path place(String kind, String id, String time) throws IOException {
    return Files.createDirectories(root.resolve(kind).resolve(id).resolve(time));
  }

  /** Moves a whole folder into the trash in one step. */
  public void take(String kind, String id, Path folder) throws IOException {
    AtomicFiles.move(folder, freePlace(kind, id));
  }

  /** What was deleted of this kind and id, newest first. */
  public List<Path> find(String kind, String id) throws IOException {
    return folders(root.resolve(kind).resolve(id)).stream()
        .filter(place -> deletedAt(place).isPresent())
        .sorted(Comparator.comparingLong((Path place) -> deletedAt(place).orElse(0L)).reversed())
        .toList();
  }

  /** The ids of which things of this kind are here. */
  public List<String> ids(String kind) throws IOException {
    return folders(root.resolve(kind)).stream()
        .map(folder -> folder.getFileName().toString())
        .toList();
  }

  /**
   * Deletes for good what has been here longer than {@link #KEPT}. What cannot be deleted stays,
   * and hinders nobody.
   */
  void purge() throws IOException {
    long oldest = clock.millis() - KEPT.toMillis();
    for (Path kind : folders(root)) {
      for (Path id : folders(kind)) {
        for (Path place : folders(id)) {
          if (deletedAt(place).filter(time -> time < oldest).isPresent()) {
            Folders.deleteQuietly(place);
          }
        }
        Folders.deleteEmpty(id);
      }
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    return Folders.isReal(folder)
        ? Folders.children(folder).stream().filter(Folders::isReal).toList()
        : List.of();
  }

  /** The path of a deletion that happens now: its folder's parent is made, it itself is not. */
  public Path freePlace(String kind, String id) throws IOException {
    Path folder = Files.createDirectories(root.resolve(kind).resolve(id));
    long time = clock.millis();
    while (Files.exists(folder.resolve(Long.toString(time)))) {
      time++;
    }
    return folder.resolve(Long.toString(time));
  }

  private static Optional<Long> deletedAt(Path place) {
    try {
      return Optional.of(Long.parseLong(place.getFileName().toString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
