package dev.tidepool.model;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.model.Changes.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts single files into the index, and looks at no others. */
final class Entering {
  private final Database database;
  private final Locations locations;
  private final Roots roots;
  private final Clock clock;
  private final Progress progress;
  private final int threads;

  Entering(Database database, Clock clock, Progress progress, int threads) {
    this.database = database;
    this.locations = new Locations(database);
    this.roots = new Roots(database);
    this.clock = clock;
    this.progress = progress;
    this.threads = threads;
  }

  /** Answers with the keys of those that are models and can be read. */
  Map<Path, String> run(Path models, Collection<Path> files) throws SQLException {
    List<IndexedRoot> known = roots.all();
    ScanPlan plan = ScanPlan.of(List.of(ModelRoot.of(models)), known);
    Map<Path, FoundFile> found = new LinkedHashMap<>();
    for (Path file : files) {
      @Nullable FoundFile one = found(models, file, plan.roots());
      if (one != null) {
        found.put(file, one);
      }
    }
    Changes changes = Changes.between(new ArrayList<>(found.values()), locations.byPlace());
    Reading reading =
        new Reading(database, clock, progress, threads, found.size() + 1, new ArrayList<>());
    reading.plan(changes.unread());
    begin(plan, known, changes.settled());
    reading.run();
    Map<String, KnownFile> rows = locations.byPlace();
    Map<Path, String> keys = new LinkedHashMap<>();
    found.forEach(
        (file, one) -> {
          @Nullable KnownFile row = rows.get(one.place());
          if (row != null && row.holdsFor(one)) {
            keys.put(file, row.key());
          }
        });
    return keys;
  }

  private static @Nullable FoundFile found(Path models, Path file, Set<Path> roots) {
    if (!file.startsWith(models) || !ModelFiles.isModel(String.valueOf(file.getFileName()))) {
      return null;
    }
    Path place = Folders.real(models).resolve(models.relativize(file));
    try {
      BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || attributes.size() < ModelFiles.SMALLEST) {
        return null;
      }
      Path root =
          roots.stream()
              .filter(place::startsWith)
              .reduce((one, other) -> one.getNameCount() > other.getNameCount() ? one : other)
              .orElseThrow();
      return new FoundFile(
          root.toString(),
          root.relativize(place).toString().replace('\\', '/'),
          place,
          Stamp.of(attributes),
          attributes.fileKey(),
          null);
    } catch (IOException e) {
      return null;
    }
  }

  /** A root that was not known is known not to be complete. */
  private void begin(ScanPlan plan, List<IndexedRoot> known, List<Settled> settled)
      throws SQLException {
    Set<Path> before = new HashSet<>();
    known.forEach(root -> before.add(root.path()));
    long now = clock.instant().getEpochSecond();
    database.write(
        () -> {
          for (ScanPlan.Scan scan : plan.scans()) {
            if (scan.isWhole() && !before.contains(scan.root())) {
              roots.begin(scan.root(), scan.type(), now, UUID.randomUUID().toString());
            }
          }
          for (Settled one : settled) {
            if (one.before() != null) {
              locations.delete(one.before().id());
            }
            locations.put(one.file(), one.key(), now);
          }
          return null;
        });
  }
}
