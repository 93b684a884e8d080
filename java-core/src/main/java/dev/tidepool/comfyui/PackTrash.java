package dev.tidepool.comfyui;

import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Packs that were replaced or removed, for seven days. Lies in {@code custom_nodes}, so that a
 * rename brings a pack there, under a name that ComfyUI passes over.
 */
final class PackTrash {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Clock clock;

  PackTrash(Path customNodes, Clock clock) {
    this.folder = customNodes.resolve(".tidepool-trash.disabled");
    this.clock = clock;
  }

  Path folder() {
    return folder;
  }

  void take(Path pack) throws IOException {
    Files.createDirectories(folder);
    Instant now = clock.instant();
    Path target = folder.resolve(STAMP.format(now));
    while (Files.exists(target)) {
      now = now.plusMillis(1);
      target = folder.resolve(STAMP.format(now));
    }
    AtomicFiles.move(pack, target);
  }

  /** Deletes what has been here for seven days. */
  void empty() throws IOException {
    Instant limit = clock.instant().minus(KEPT);
    for (Path taken : Folders.children(folder)) {
      if (isBefore(String.valueOf(taken.getFileName()), limit)) {
        Folders.delete(taken);
      }
    }
  }

  private static boolean isBefore(String name, Instant limit) {
    try {
      return STAMP.parse(name, Instant::from).isBefore(limit);
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
