package dev.tidepool.model;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.io.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The index of models: a SQLite file that ComfyDock can use too.
 *
 * <pre>{@code
 * try (ModelIndex index = ModelIndex.open(home.resolve("comfydock_cache/models.db"), clock)) {
 *   index.index(List.of(ModelRoot.of(models)), progress);
 *   index.files();        // where every model lies
 *   index.find("a5aa5a"); // models by the beginning of one of their hashes
 * }
 * }</pre>
 *
 * <p>A damaged file is set aside, and a new one takes its place; {@link #notes} tells that. For one
 * thread at a time; several processes may use one file.
 */
public final class ModelIndex implements AutoCloseable {
  private static final int BATCH = 512;
  private static final int MOST_THREADS = 8;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{4,64}(-[0-9a-f]{0,16})?");

  private final Guard guard;
  private final Database database;
  private final Clock clock;
  private final int batch;
  private final int threads;
  private final List<String> notes;

  private ModelIndex(Guard guard, Database database, Clock clock, int batch, List<String> notes) {
    this.guard = guard;
    this.database = database;
    this.clock = clock;
    this.batch = batch;
    this.threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    this.notes = List.copyOf(notes);
  }

  /**
   * Opens the index, and makes it when there is none.
   *
   * @throws TidepoolException {@code model-index-busy}, or one of the codes of a failing disk
   */
  public static ModelIndex open(Path database, Clock clock) {
    return open(database, clock, BATCH);
  }

  static ModelIndex open(Path database, Clock clock, int batch) {
    Guard guard = new Guard(database.toAbsolutePath().normalize(), clock);
    List<String> notes = new ArrayList<>();
    return new ModelIndex(guard, guard.open(notes), clock, batch, notes);
  }

  /** Opens the index for those who get by without: nothing where there is none that can be read. */
  public static Optional<ModelIndex> openIfReadable(Path database, Clock clock) {
    try {
      return Files.exists(database) ? Optional.of(openToRead(database, clock)) : Optional.empty();
    } catch (TidepoolException e) {
      return Optional.empty();
    }
  }

  /** Opens the index to look things up; where there is none, an empty one that leaves no trace. */
  public static ModelIndex openToRead(Path database, Clock clock) {
    Guard guard = new Guard(database.toAbsolutePath().normalize(), clock);
    if (guard.isThere()) {
      return open(database, clock);
    }
    return new ModelIndex(guard, guard.inMemory(), clock, BATCH, List.of());
  }

  /** What happened while the index was opened, in sentences for the user. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Looks through folders and brings the index up to date; all roots that are known when none is
   * named. Whatever ends it early, the next one goes on from there.
   *
   * @param progress hears in bytes how much is to be read; no model's row is changed before
   * @throws TidepoolException {@code models-folder-not-found} for a folder that never was; {@code
   *     stopped}
   */
  public IndexReport index(List<ModelRoot> roots, Progress progress) {
    return guard.run(
        "index the models",
        () -> new Indexing(database, clock, progress, threads, batch).run(roots));
  }

  /**
   * Enters files that have just come, and looks for no others.
   *
   * @param models the folder of models that they came into; it is a root that was not looked
   *     through from then on, unless it lies in one
   * @return their keys, without files that are no models or cannot be read
   * @throws TidepoolException {@code stopped}
   */
  public Map<Path, String> enter(Path models, Collection<Path> files, Progress progress) {
    return guard.run(
        "enter models", () -> new Entering(database, clock, progress, threads).run(models, files));
  }

  /** The folders that were indexed, sorted. */
  public List<IndexedRoot> roots() {
    return guard.run("list the folders", () -> new Roots(database).all());
  }

  /** Every place where a model lies, missing ones included, sorted by path. */
  public List<IndexedFile> files() {
    return guard.run("list the models", () -> new Queries(database).files());
  }

  /**
   * Whether a file still is the one that was indexed, by its size, its time of change and its
   * number: only then its hashes are those of its content.
   */
  public boolean isCurrent(IndexedFile file) {
    return guard.run(
        "look at " + file.path(),
        () ->
            new Locations(database)
                .of(file.key()).stream()
                    .filter(known -> known.root().equals(file.root().toString()))
                    .filter(known -> known.relative().equals(file.relativePath()))
                    .anyMatch(KnownFile::isCurrent));
  }

  /** The files of those models that take their space more than once, model by model. */
  public List<IndexedFile> duplicates() {
    return Duplicates.among(files());
  }

  /**
   * The models of which the key, BLAKE3 or SHA-256 begins with a text, in any case.
   *
   * @param hashOrPrefix at least four hexadecimal digits; nothing begins with anything else
   */
  public List<IndexedModel> find(String hashOrPrefix) {
    String prefix = hashOrPrefix.toLowerCase(Locale.ROOT);
    if (!HASH.matcher(prefix).matches()) {
      return List.of();
    }
    return guard.run("look up " + prefix, () -> new Queries(database).find(prefix));
  }

  /** The model with just this key. */
  public Optional<IndexedModel> model(String key) {
    return guard.run(
        "look up " + key, () -> new Queries(database).withKey(key).stream().findFirst());
  }

  /** Where a model can be had, oldest first. */
  public List<ModelSource> sources(String key) {
    return guard.run("list the sources", () -> new Sources(database).of(key));
  }

  /**
   * Adds a source; its type comes from its host.
   *
   * @return false when the model has it already
   * @throws TidepoolException {@code source-url-invalid}, {@code source-url-secret}
   */
  public boolean addSource(String key, String url) {
    SourceUrl checked = SourceUrl.of(url);
    long now = clock.instant().getEpochSecond();
    return guard.run(
        "add a source",
        () ->
            database.write(
                () -> new Sources(database).add(key, checked.type(), checked.text(), now)));
  }

  /** Removes a source; false when the model has no such. */
  public boolean removeSource(String key, String url) {
    return guard.run(
        "remove a source",
        () -> database.write(() -> new Sources(database).remove(key, url.strip())));
  }

  /**
   * Reads every model whole that was not yet, and keeps its BLAKE3 and SHA-256.
   *
   * @return what could not be read
   * @throws TidepoolException {@code stopped}; what was read until then is kept
   */
  public List<IndexReport.Unreadable> digest(Progress progress) {
    return whole().digest(files(), progress);
  }

  /** Keeps the hashes of a model's whole content, which then can be looked up. */
  public void storeDigest(String key, FileDigest digest) {
    whole().store(key, digest);
  }

  /**
   * Reads files again and compares them with the index. A file that differs is read by the next
   * indexing, whatever its size and time say. Files with another program's key, which no indexing
   * has read yet, are left out, since that key says nothing here.
   */
  public List<Verification> verify(List<IndexedFile> files, Progress progress) {
    return whole().verify(files, progress);
  }

  private WholeHashes whole() {
    return new WholeHashes(guard, database, threads);
  }

  /**
   * What {@link #prune} would forget: files that are missing, and models that have no other.
   *
   * @param root a folder whose every file is to be forgotten too; null for none
   * @throws TidepoolException {@code models-root-unknown}
   */
  public Removal prunable(@Nullable Path root) {
    return guard.run("look for what is gone", () -> new Pruning(database).plan(root));
  }

  /** Forgets that; what has come back meanwhile stays. */
  public void prune(Removal removal) {
    guard.run(
        "forget what is gone",
        () ->
            database.write(
                () -> {
                  new Pruning(database).carryOut(removal);
                  return true;
                }));
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      // Everything is committed by now.
      System.getLogger("dev.tidepool.model")
          .log(System.Logger.Level.DEBUG, "close reason={0}", e.getMessage());
    }
  }
}
