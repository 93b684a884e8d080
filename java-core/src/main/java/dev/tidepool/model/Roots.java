package dev.tidepool.model;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our table {@code tidepool_roots}: the indexed folders, and whether that came to its end. */
final class Roots {
  private final Database database;

  Roots(Database database) {
    this.database = database;
  }

  /** Every root, also those that only ComfyDock knows; sorted. */
  List<IndexedRoot> all() throws SQLException {
    List<IndexedRoot> roots = new ArrayList<>();
    try (ResultSet rows =
        database
            .statement(
                """
                SELECT path, type, started, finished FROM tidepool_roots
                UNION ALL
                SELECT base_directory, NULL, NULL, NULL FROM model_locations
                WHERE base_directory NOT IN (SELECT path FROM tidepool_roots)
                GROUP BY base_directory
                ORDER BY 1""")
            .executeQuery()) {
      while (rows.next()) {
        @Nullable Path path = path(rows.getString(1));
        if (path != null) {
          roots.add(read(rows, path));
        }
      }
    }
    return roots;
  }

  private static IndexedRoot read(ResultSet rows, Path path) throws SQLException {
    boolean started = rows.getObject(3) != null;
    boolean finished = rows.getObject(4) != null;
    @Nullable String type = rows.getString(2);
    return new IndexedRoot(
        path,
        started || finished || type != null ? type : ScanPlan.typeOf(path),
        finished || !started,
        Files.isDirectory(path));
  }

  /** A root's path; null for what is none on this system. */
  static @Nullable Path path(@Nullable String text) {
    try {
      Path path = Path.of(String.valueOf(text));
      return path.isAbsolute() && path.normalize().equals(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * Says that files of this root may be unknown from now on.
   *
   * @param token names the run that says so, and has to end it
   */
  void begin(Path path, @Nullable String type, long now, String token) throws SQLException {
    begin(path, type, now, token, "");
  }

  /**
   * The same of a run that looks through a part of the root only: what another run has begun and
   * not ended, it leaves as it is.
   */
  void beginPart(Path path, @Nullable String type, long now, String token) throws SQLException {
    begin(path, type, now, token, " WHERE finished IS NOT NULL");
  }

  private void begin(Path path, @Nullable String type, long now, String token, String condition)
      throws SQLException {
    PreparedStatement put =
        database.statement(
            """
            INSERT INTO tidepool_roots (path, type, started, finished, token)
            VALUES (?, ?, ?, NULL, ?)
            ON CONFLICT (path) DO UPDATE SET type = excluded.type, started = excluded.started,
                finished = NULL, token = excluded.token"""
                + condition);
    put.setString(1, path.toString());
    put.setString(2, type);
    put.setLong(3, now);
    put.setString(4, token);
    put.executeUpdate();
  }

  /** Says that every file of this root is known, unless another run has begun since. */
  void finish(Path path, long now, String token) throws SQLException {
    PreparedStatement finish =
        database.statement("UPDATE tidepool_roots SET finished = ? WHERE path = ? AND token = ?");
    finish.setLong(1, now);
    finish.setString(2, path.toString());
    finish.setString(3, token);
    finish.executeUpdate();
  }

  void delete(Path path) throws SQLException {
    PreparedStatement delete = database.statement("DELETE FROM tidepool_roots WHERE path = ?");
    delete.setString(1, path.toString());
    delete.executeUpdate();
  }
}
