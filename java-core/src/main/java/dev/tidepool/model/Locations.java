package dev.tidepool.model;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code model_locations}: where files lie. */
final class Locations {
  private static final int STAMPED = 1;
  private static final int OWN = 2;
  private static final int MISSING = 4;
  private static final int FOLDER = 8;

  /** What is true or not comes in one number, since each column takes its time to be asked for. */
  private static final String SELECT =
      "SELECT l.id, l.model_hash, l.base_directory, l.relative_path, m.file_size,"
          + " l.tidepool_mtime_ns, l.tidepool_inode, l.mtime,"
          + (" iif(l.tidepool_mtime_ns IS NULL, 0, " + STAMPED + ")")
          + (" + iif(m.tidepool_scheme = '" + Models.SCHEME + "', " + OWN + ", 0)")
          + (" + iif(l.tidepool_missing <> 0, " + MISSING + ", 0)")
          + (" + iif(l.tidepool_folder <> 0, " + FOLDER + ", 0)")
          + " FROM model_locations l LEFT JOIN models m ON m.hash = l.model_hash";

  private static final String PUT =
      """
      INSERT INTO model_locations (model_hash, base_directory, relative_path, filename, mtime,
          last_seen, tidepool_inode, tidepool_mtime_ns, tidepool_missing, tidepool_folder)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)
      ON CONFLICT (base_directory, relative_path) DO UPDATE SET
          model_hash = excluded.model_hash, filename = excluded.filename, mtime = excluded.mtime,
          last_seen = excluded.last_seen, tidepool_inode = excluded.tidepool_inode,
          tidepool_mtime_ns = excluded.tidepool_mtime_ns, tidepool_missing = NULL,
          tidepool_folder = excluded.tidepool_folder""";

  private final Database database;

  Locations(Database database) {
    this.database = database;
  }

  /** Every row by its place; a second row of one place has a key that no file has. */
  Map<String, KnownFile> byPlace() throws SQLException {
    Map<String, KnownFile> known = new HashMap<>();
    try (ResultSet rows = database.statement(SELECT).executeQuery()) {
      while (rows.next()) {
        add(known, rows);
      }
    }
    return known;
  }

  private static void add(Map<String, KnownFile> known, ResultSet rows) throws SQLException {
    KnownFile file = read(rows);
    KnownFile other = known.putIfAbsent(file.place(), file);
    if (other != null) {
      known.put(file.place() + "\0" + file.id(), file);
    }
  }

  /** The rows of one model. */
  List<KnownFile> of(String key) throws SQLException {
    List<KnownFile> found = new ArrayList<>();
    PreparedStatement select = database.statement(SELECT + " WHERE l.model_hash = ?");
    select.setString(1, key);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(read(rows));
      }
    }
    return found;
  }

  /** The row of a file; null when there is none any more. */
  @Nullable KnownFile of(IndexedFile file) throws SQLException {
    PreparedStatement select =
        database.statement(SELECT + " WHERE l.base_directory = ? AND l.relative_path IN (?, ?)");
    select.setString(1, file.root().toString());
    select.setString(2, file.relativePath());
    select.setString(3, file.relativePath().replace('/', '\\'));
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? read(rows) : null;
    }
  }

  private static KnownFile read(ResultSet rows) throws SQLException {
    Stamp stamp = new Stamp(rows.getLong(5), rows.getLong(6), rows.getLong(7));
    int flags = rows.getInt(9);
    return new KnownFile(
        rows.getLong(1),
        String.valueOf(rows.getString(2)),
        String.valueOf(rows.getString(3)),
        String.valueOf(rows.getString(4)).replace('\\', '/'),
        stamp,
        (flags & STAMPED) != 0,
        (flags & OWN) != 0,
        rows.getDouble(8),
        (flags & MISSING) != 0,
        (flags & FOLDER) != 0);
  }

  /** Says that a model lies here now, whatever was said of the place before. */
  void put(FoundFile file, String key, long now) throws SQLException {
    PreparedStatement put = database.statement(PUT);
    put.setString(1, key);
    put.setString(2, file.root());
    put.setString(3, file.relative());
    put.setString(4, file.name());
    put.setDouble(5, file.stamp().pythonTime());
    put.setLong(6, now);
    put.setLong(7, file.stamp().inode());
    put.setLong(8, file.stamp().modified());
    put.setObject(9, file.isFolder() ? 1 : null);
    put.executeUpdate();
  }

  /** Says that nothing lies here any more, and remembers what did. */
  void markMissing(long id, long now) throws SQLException {
    PreparedStatement mark =
        database.statement("UPDATE model_locations SET tidepool_missing = ? WHERE id = ?");
    mark.setLong(1, now);
    mark.setLong(2, id);
    mark.executeUpdate();
  }

  /** Lets the next indexing read the file again, whatever its stamp says. */
  void distrust(long id) throws SQLException {
    PreparedStatement forget =
        database.statement(
            "UPDATE model_locations SET tidepool_mtime_ns = NULL, tidepool_inode = NULL"
                + " WHERE id = ?");
    forget.setLong(1, id);
    forget.executeUpdate();
  }

  /** The same for every place of a model but one. */
  void distrustOthers(String key, FoundFile but) throws SQLException {
    PreparedStatement forget =
        database.statement(
            "UPDATE model_locations SET tidepool_mtime_ns = NULL, tidepool_inode = NULL"
                + " WHERE model_hash = ? AND NOT (base_directory = ? AND relative_path = ?)");
    forget.setString(1, key);
    forget.setString(2, but.root());
    forget.setString(3, but.relative());
    forget.executeUpdate();
  }

  void delete(long id) throws SQLException {
    PreparedStatement delete = database.statement("DELETE FROM model_locations WHERE id = ?");
    delete.setLong(1, id);
    delete.executeUpdate();
  }

  boolean has(String key) throws SQLException {
    PreparedStatement select =
        database.statement("SELECT 1 FROM model_locations WHERE model_hash = ? LIMIT 1");
    select.setString(1, key);
    try (ResultSet rows = select.executeQuery()) {
      return rows.next();
    }
  }
}
