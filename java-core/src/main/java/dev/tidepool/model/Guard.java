package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Opens an index's file, and turns what a database can fail with into errors for a user. */
final class Guard {
  private final Path file;
  private final Clock clock;
  private @Nullable Object identity;

  Guard(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  boolean isThere() {
    return Folders.isThere(file);
  }

  /**
   * Opens the file or makes it. A damaged one is set aside first.
   *
   * @param notes gets a sentence for the user when that happened
   */
  Database open(List<String> notes) {
    prepare();
    @Nullable Database opened = tryOpen();
    return opened != null ? opened : replace(notes);
  }

  /** Sets the damaged file aside and begins a new one with what can be saved. */
  private Database replace(List<String> notes) {
    Optional<Path> aside =
        StorageFailures.translate(
            "set the damaged index " + file + " aside", () -> SetAside.move(file, identity, clock));
    @Nullable Database opened = tryOpen();
    if (opened == null) {
      throw new TidepoolException(
          ErrorKind.STORAGE, "storage-failed", "Cannot begin a new index: " + file + ".");
    }
    if (aside.isPresent()) {
      int sources = Salvage.copy(aside.get(), opened);
      notes.add(
          "The index of models was damaged. It is kept as "
              + aside.get()
              + ", and a new one takes its place"
              + (sources == 0 ? "." : " with " + sources + " of its sources."));
    }
    return opened;
  }

  Database inMemory() {
    if (Files.isDirectory(parent())) {
      prepareLibrary();
    }
    return run(
        "open an empty index",
        () -> {
          Database database = Database.inMemory();
          Schema.ensure(database);
          return database;
        });
  }

  /** Does the work on the open database. */
  <T extends @Nullable Object> T run(String doing, Database.Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw translated(doing, e);
    }
  }

  private void prepare() {
    StorageFailures.translate(
        "open the index of models",
        () -> {
          Path folder = parent();
          Files.createDirectories(folder);
          if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder");
          }
          return folder;
        });
    prepareLibrary();
  }

  private void prepareLibrary() {
    NativeLibrary.prepare(parent());
  }

  private Path parent() {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  /** Null when the file is damaged. */
  private @Nullable Database tryOpen() {
    identity = SetAside.identity(file);
    try {
      Database database = Database.open(file);
      if (identity == null) {
        identity = SetAside.identity(file);
      }
      try {
        Schema.ensure(database);
        return database;
      } catch (SQLException e) {
        database.close();
        throw e;
      }
    } catch (SQLException e) {
      if (Database.isDamage(e) || Database.isUnusable(e)) {
        return null;
      }
      throw translated("open the index of models", e);
    }
  }

  private TidepoolException translated(String doing, SQLException e) {
    String place = "Cannot " + doing + ": " + file;
    return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new TidepoolException(
              e,
              ErrorKind.UNAVAILABLE,
              "model-index-busy",
              place + " is in use by another program.",
              "Wait until it is done, then try again.");
      case SQLITE_FULL ->
          new TidepoolException(
              e,
              ErrorKind.NO_SPACE,
              "disk-full",
              "Cannot " + doing + ": no space is left on the device.",
              "Free some space, then try again.");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN ->
          new TidepoolException(
              e,
              ErrorKind.STORAGE,
              "storage-denied",
              place + " cannot be written.",
              "Check the owner and the permissions of the file and its folder.");
      default ->
          Database.isDamage(e)
              ? damaged()
              : new TidepoolException(
                  e, ErrorKind.STORAGE, "storage-failed", place + ": " + e.getMessage() + ".");
    };
  }

  /** The damage came to light in the midst of work: the next command finds a new index. */
  private TidepoolException damaged() {
    List<String> notes = new ArrayList<>();
    try {
      replace(notes).close();
    } catch (SQLException e) {
      throw new TidepoolException(
          e, ErrorKind.STORAGE, "storage-failed", "Cannot begin a new index: " + file + ".");
    }
    return new TidepoolException(
        ErrorKind.MALFORMED,
        "model-index-damaged",
        notes.isEmpty() ? "The index of models was damaged." : notes.get(0),
        "tidepool models index fills the new one; then try again.");
  }
}
