package dev.tidepool.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The tables of an index: those of comfydock-cli 1.0.11 (its schema version 9), and our own columns
 * and table beside them, all named {@code tidepool_…} and nullable, so that ComfyDock goes on
 * reading and writing the same file. It drops every table of another version than its own, so that
 * {@code schema_info} stays as it is and our own version is {@code PRAGMA user_version}.
 */
final class Schema {
  /** The version of our columns. */
  static final int VERSION = 2;

  private static final int COMFYDOCK_VERSION = 9;

  /** Pages of 4 KiB: enough for some 10,000 models. */
  private static final long MOST_PAGES = 1024;

  private static final String[] COMFYDOCK = {
    """
    CREATE TABLE IF NOT EXISTS models (
        hash TEXT PRIMARY KEY,
        file_size INTEGER NOT NULL,
        blake3_hash TEXT,
        sha256_hash TEXT,
        first_seen INTEGER NOT NULL,
        metadata TEXT DEFAULT '{}'
    )""",
    """
    CREATE TABLE IF NOT EXISTS model_locations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        model_hash TEXT NOT NULL,
        base_directory TEXT NOT NULL,
        relative_path TEXT NOT NULL,
        filename TEXT NOT NULL,
        mtime REAL NOT NULL,
        last_seen INTEGER NOT NULL,
        FOREIGN KEY (model_hash) REFERENCES models(hash) ON DELETE CASCADE,
        UNIQUE(base_directory, relative_path)
    )""",
    """
    CREATE TABLE IF NOT EXISTS model_sources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        model_hash TEXT NOT NULL,
        source_type TEXT NOT NULL,
        source_url TEXT NOT NULL,
        metadata TEXT DEFAULT '{}',
        added_time INTEGER NOT NULL,
        FOREIGN KEY (model_hash) REFERENCES models(hash) ON DELETE CASCADE,
        UNIQUE(model_hash, source_url)
    )""",
    "CREATE TABLE IF NOT EXISTS schema_info (version INTEGER PRIMARY KEY)",
    "CREATE INDEX IF NOT EXISTS idx_locations_hash ON model_locations(model_hash)",
    "CREATE INDEX IF NOT EXISTS idx_locations_path ON model_locations(relative_path)",
    "CREATE INDEX IF NOT EXISTS idx_locations_filename ON model_locations(filename)",
    "CREATE INDEX IF NOT EXISTS idx_sources_hash ON model_sources(model_hash)",
    "CREATE INDEX IF NOT EXISTS idx_sources_type ON model_sources(source_type)",
    "CREATE INDEX IF NOT EXISTS idx_models_blake3 ON models(blake3_hash)",
    "CREATE INDEX IF NOT EXISTS idx_models_sha256 ON models(sha256_hash)",
    "INSERT INTO schema_info (version) SELECT "
        + COMFYDOCK_VERSION
        + " WHERE NOT EXISTS (SELECT 1 FROM schema_info)"
  };

  private static final List<Column> OWN =
      List.of(
          new Column("models", "tidepool_scheme", "TEXT"),
          new Column("model_locations", "tidepool_inode", "INTEGER"),
          new Column("model_locations", "tidepool_mtime_ns", "INTEGER"),
          new Column("model_locations", "tidepool_missing", "INTEGER"),
          new Column("model_locations", "tidepool_folder", "INTEGER"),
          new Column("tidepool_roots", "token", "TEXT"));

  private static final String ROOTS =
      """
      CREATE TABLE IF NOT EXISTS tidepool_roots (
          path TEXT PRIMARY KEY,
          type TEXT,
          started INTEGER,
          finished INTEGER
      )""";

  /** Every column that is used, so that a file whose tables lack one is found out at once. */
  private static final String[] PROBES = {
    "SELECT hash, file_size, blake3_hash, sha256_hash, first_seen, metadata, tidepool_scheme"
        + " FROM models LIMIT 0",
    "SELECT id, model_hash, base_directory, relative_path, filename, mtime, last_seen,"
        + " tidepool_inode, tidepool_mtime_ns, tidepool_missing, tidepool_folder"
        + " FROM model_locations LIMIT 0",
    "SELECT model_hash, source_type, source_url, metadata, added_time FROM model_sources LIMIT 0",
    "SELECT path, type, started, finished, token FROM tidepool_roots LIMIT 0"
  };

  private Schema() {}

  private record Column(String table, String name, String type) {}

  /** Makes what is missing; every row stays. Fails when the file's pages make no sense. */
  static void ensure(Database database) throws SQLException {
    check(database);
    if (database.number("PRAGMA user_version") < VERSION || !isWhole(database)) {
      database.write(
          () -> {
            migrate(database);
            return null;
          });
    }
    database.run(PROBES);
  }

  /**
   * Fails when the file's pages make no sense. In a file of usual size, also when an index and its
   * table disagree, which takes longer to find out.
   */
  static void check(Database database) throws SQLException {
    long pages = database.number("PRAGMA page_count");
    String check = pages > MOST_PAGES ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)";
    String found = database.text(check);
    if (!found.equals("ok")) {
      throw new SQLiteException(found, SQLiteErrorCode.SQLITE_CORRUPT);
    }
  }

  /** ComfyDock, when it finds another version than its own, drops the tables that it knows. */
  private static boolean isWhole(Database database) throws SQLException {
    return columns(database, "model_locations").contains("tidepool_folder")
        && columns(database, "models").contains("tidepool_scheme")
        && columns(database, "tidepool_roots").contains("token");
  }

  private static void migrate(Database database) throws SQLException {
    database.run(COMFYDOCK);
    database.run(ROOTS);
    for (Column column : OWN) {
      if (!columns(database, column.table()).contains(column.name())) {
        database.run(
            "ALTER TABLE " + column.table() + " ADD COLUMN " + column.name() + " " + column.type());
      }
    }
    if (database.number("PRAGMA user_version") < VERSION) {
      database.run("PRAGMA user_version = " + VERSION);
    }
  }

  private static List<String> columns(Database database, String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        database.statement("SELECT name FROM pragma_table_info('" + table + "')").executeQuery()) {
      while (rows.next()) {
        names.add(String.valueOf(rows.getString(1)));
      }
    }
    return names;
  }
}
