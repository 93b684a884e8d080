package dev.tidepool.model;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code model_sources}: where models can be had. */
final class Sources {
  private final Database database;

  Sources(Database database) {
    this.database = database;
  }

  List<ModelSource> of(String key) throws SQLException {
    PreparedStatement select =
        database.statement(
            "SELECT source_type, source_url, added_time FROM model_sources"
                + " WHERE model_hash = ? ORDER BY added_time, id");
    select.setString(1, key);
    List<ModelSource> sources = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        sources.add(
            new ModelSource(
                String.valueOf(rows.getString(1)),
                String.valueOf(rows.getString(2)),
                rows.getLong(3)));
      }
    }
    return sources;
  }

  /** False when the model has that source already. */
  boolean add(String key, String type, String url, long now) throws SQLException {
    PreparedStatement add =
        database.statement(
            "INSERT OR IGNORE INTO model_sources"
                + " (model_hash, source_type, source_url, metadata, added_time)"
                + " VALUES (?, ?, ?, '{}', ?)");
    add.setString(1, key);
    add.setString(2, type);
    add.setString(3, url);
    add.setLong(4, now);
    return add.executeUpdate() > 0;
  }

  /** False when the model has no such source. */
  boolean remove(String key, String url) throws SQLException {
    PreparedStatement remove =
        database.statement("DELETE FROM model_sources WHERE model_hash = ? AND source_url = ?");
    remove.setString(1, key);
    remove.setString(2, url);
    return remove.executeUpdate() > 0;
  }
}
