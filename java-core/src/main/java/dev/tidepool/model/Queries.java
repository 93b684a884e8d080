package dev.tidepool.model;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the index is asked for by those who do not change it. */
final class Queries {
  private static final String FILES =
      """
      SELECT l.model_hash, l.base_directory, l.relative_path, m.file_size, m.blake3_hash,
             m.sha256_hash, l.tidepool_missing, l.tidepool_folder, r.type, r.path
      FROM model_locations l JOIN models m ON m.hash = l.model_hash
      LEFT JOIN tidepool_roots r ON r.path = l.base_directory""";

  private static final String ORDER = " ORDER BY l.base_directory, l.relative_path";

  private static final String MODELS =
      "SELECT hash, file_size, blake3_hash, sha256_hash, first_seen, metadata FROM models";

  private final Database database;

  Queries(Database database) {
    this.database = database;
  }

  List<IndexedFile> files() throws SQLException {
    return files(database.statement(FILES + ORDER));
  }

  private List<IndexedFile> filesOf(String key) throws SQLException {
    PreparedStatement select = database.statement(FILES + " WHERE l.model_hash = ?" + ORDER);
    select.setString(1, key);
    return files(select);
  }

  private static List<IndexedFile> files(PreparedStatement select) throws SQLException {
    List<IndexedFile> files = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        @Nullable IndexedFile file = file(rows);
        if (file != null) {
          files.add(file);
        }
      }
    }
    return files;
  }

  /** A row's file; null for a row whose path is none, or leads out of its root. */
  private static @Nullable IndexedFile file(ResultSet rows) throws SQLException {
    @Nullable Path root = Roots.path(rows.getString(2));
    String relative = String.valueOf(rows.getString(3)).replace('\\', '/');
    if (root == null || !isInside(root, relative)) {
      return null;
    }
    @Nullable String type = rows.getString(10) == null ? ScanPlan.typeOf(root) : rows.getString(9);
    return new IndexedFile(
        String.valueOf(rows.getString(1)),
        root,
        type,
        relative,
        rows.getLong(4),
        rows.getString(5),
        rows.getString(6),
        rows.getLong(7) != 0,
        rows.getLong(8) != 0);
  }

  private static boolean isInside(Path root, String relative) {
    try {
      Path path = root.resolve(relative);
      return path.normalize().equals(path) && path.startsWith(root) && !path.equals(root);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The models of which a hash begins so; the text has to be of hexadecimal digits. */
  List<IndexedModel> find(String prefix) throws SQLException {
    // Behind every digit and letter that a hash has comes g.
    PreparedStatement select =
        database.statement(
            MODELS
                + " WHERE (hash >= ?1 AND hash < ?1 || 'g')"
                + " OR (blake3_hash >= ?1 AND blake3_hash < ?1 || 'g')"
                + " OR (sha256_hash >= ?1 AND sha256_hash < ?1 || 'g') ORDER BY hash");
    select.setString(1, prefix);
    return models(select);
  }

  /** The model with just this key; a list of none or one. */
  List<IndexedModel> withKey(String key) throws SQLException {
    PreparedStatement select = database.statement(MODELS + " WHERE hash = ?");
    select.setString(1, key);
    return models(select);
  }

  /** Models that would have no file when the rows that are marked as missing were gone. */
  List<IndexedModel> withoutFiles(@Nullable Path root) throws SQLException {
    PreparedStatement select =
        database.statement(
            MODELS
                + " WHERE NOT EXISTS (SELECT 1 FROM model_locations WHERE model_hash = hash"
                + " AND tidepool_missing IS NULL AND base_directory IS NOT ?) ORDER BY hash");
    select.setString(1, root == null ? null : root.toString());
    return models(select);
  }

  private List<IndexedModel> models(PreparedStatement select) throws SQLException {
    List<IndexedModel> plain = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        plain.add(
            new IndexedModel(
                String.valueOf(rows.getString(1)),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5),
                json(rows.getString(6)),
                List.of(),
                List.of()));
      }
    }
    Sources sources = new Sources(database);
    List<IndexedModel> models = new ArrayList<>();
    for (IndexedModel model : plain) {
      models.add(model.with(filesOf(model.key()), sources.of(model.key())));
    }
    return models;
  }

  /** What others wrote may be anything. */
  private static String json(@Nullable String text) {
    try {
      return text != null && Metadata.isObject(text) ? text : Metadata.NOTHING;
    } catch (IOException e) {
      return Metadata.NOTHING;
    }
  }
}
