package dev.tidepool.model;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code models}: one row for each content, by its key. */
final class Models {
  /** Names the way in which our keys are made. */
  static final String SCHEME = "quick-1";

  private final Database database;

  Models(Database database) {
    this.database = database;
  }

  /** A model whose quick key is known already. */
  record Candidate(String key, @Nullable String blake3) {}

  /** The models with this quick key: the plain one first, then those that collided with it. */
  List<Candidate> withQuick(String quick) throws SQLException {
    PreparedStatement select =
        database.statement(
            "SELECT hash, blake3_hash FROM models WHERE hash = ? OR (hash > ? AND hash < ?)"
                + " ORDER BY hash");
    select.setString(1, quick);
    // Right behind the hyphen comes the full stop.
    select.setString(2, quick + "-");
    select.setString(3, quick + ".");
    List<Candidate> found = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(new Candidate(String.valueOf(rows.getString(1)), rows.getString(2)));
      }
    }
    return found;
  }

  /** Makes the model's row, or says that its key is ours. */
  void put(String key, long size, @Nullable String metadata, long now) throws SQLException {
    PreparedStatement put =
        database.statement(
            """
            INSERT INTO models (hash, file_size, first_seen, metadata, tidepool_scheme)
            VALUES (?, ?, ?, coalesce(?, '{}'), ?)
            ON CONFLICT (hash) DO UPDATE SET file_size = excluded.file_size,
                tidepool_scheme = excluded.tidepool_scheme,
                metadata = CASE WHEN excluded.metadata = '{}' THEN metadata
                    ELSE excluded.metadata END""");
    put.setString(1, key);
    put.setLong(2, size);
    put.setLong(3, now);
    put.setString(4, metadata);
    put.setString(5, SCHEME);
    put.executeUpdate();
  }

  /** Makes the row of a model whose key another scheme made. */
  void putForeign(String key, long size, long seen) throws SQLException {
    PreparedStatement put =
        database.statement(
            "INSERT OR IGNORE INTO models (hash, file_size, first_seen) VALUES (?, ?, ?)");
    put.setString(1, key);
    put.setLong(2, size);
    put.setLong(3, seen);
    put.executeUpdate();
  }

  /** Adds what is known of the whole content. */
  void putDigests(String key, @Nullable String blake3, @Nullable String sha256)
      throws SQLException {
    PreparedStatement put =
        database.statement(
            "UPDATE models SET blake3_hash = coalesce(?, blake3_hash),"
                + " sha256_hash = coalesce(?, sha256_hash) WHERE hash = ?");
    put.setString(1, blake3);
    put.setString(2, sha256);
    put.setString(3, key);
    put.executeUpdate();
  }

  /**
   * Gives a model the sources that the same content has under another scheme's key. Several
   * contents may have had that one key: each of them gets them.
   */
  void adoptSources(String foreign, String key) throws SQLException {
    update(
        """
        INSERT OR IGNORE INTO model_sources
            (model_hash, source_type, source_url, metadata, added_time)
        SELECT ?2, source_type, source_url, metadata, added_time
        FROM model_sources WHERE model_hash = ?1""",
        foreign,
        key);
  }

  /** Removes the model and its sources. */
  void delete(String key) throws SQLException {
    for (String text :
        List.of(
            "DELETE FROM model_sources WHERE model_hash = ?",
            "DELETE FROM models WHERE hash = ?")) {
      PreparedStatement delete = database.statement(text);
      delete.setString(1, key);
      delete.executeUpdate();
    }
  }

  private void update(String text, String first, String second) throws SQLException {
    PreparedStatement update = database.statement(text);
    update.setString(1, first);
    update.setString(2, second);
    update.executeUpdate();
  }
}
