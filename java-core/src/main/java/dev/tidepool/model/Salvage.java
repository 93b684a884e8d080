package dev.tidepool.model;

import dev.tidepool.error.TidepoolException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Saves from a damaged database what no indexing can find again: the sources that somebody added,
 * and which folders were indexed. Files are read anew, so that nothing doubtful stays.
 */
final class Salvage {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{16}(-[0-9a-f]{16})?");

  /** More than anybody has added. */
  private static final String LIMIT = " LIMIT 100000";

  private final Database from;
  private final Database to;
  private int sources;

  private Salvage(Database from, Database to) {
    this.from = from;
    this.to = to;
  }

  private record Source(String key, long size, long seen, String url, long added, boolean own) {}

  /** Copies what can be read, and answers how many sources that were. */
  static int copy(Path damaged, Database to) {
    try (Database from = Database.open(damaged)) {
      Salvage salvage = new Salvage(from, to);
      if (salvage.isTable("tidepool_roots")) {
        salvage.copyRoots();
      }
      if (salvage.isTable("models") && salvage.isTable("model_sources")) {
        salvage.copySources();
      }
      return salvage.sources;
    } catch (SQLException e) {
      return 0;
    }
  }

  /** A view might be made to never end. */
  private boolean isTable(String name) throws SQLException {
    String query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ";
    return from.number(query + "'" + name + "'") == 1;
  }

  private void copyRoots() throws SQLException {
    List<Path> found = new ArrayList<>();
    List<@Nullable String> types = new ArrayList<>();
    try (ResultSet rows =
        from.statement("SELECT path, type FROM tidepool_roots" + LIMIT).executeQuery()) {
      while (rows.next()) {
        @Nullable Path path = Roots.path(rows.getString(1));
        if (path != null && java.nio.file.Files.isDirectory(path)) {
          found.add(path);
          @Nullable String type = rows.getString(2);
          types.add(type != null && ModelFiles.isType(type) ? type : null);
        }
      }
    } catch (SQLException e) {
      // What came before is worth keeping.
      System.getLogger("dev.tidepool.model")
          .log(System.Logger.Level.DEBUG, "salvage reason={0}", e.getMessage());
    }
    Roots roots = new Roots(to);
    to.write(
        () -> {
          for (int i = 0; i < found.size(); i++) {
            roots.begin(found.get(i), types.get(i), 0, "");
          }
          return null;
        });
  }

  private void copySources() throws SQLException {
    List<Source> found = new ArrayList<>();
    String ours = "SELECT count(*) FROM pragma_table_info('models') WHERE name = 'tidepool_scheme'";
    String scheme = from.number(ours) == 1 ? "m.tidepool_scheme" : "NULL";
    try (ResultSet rows =
        from.statement(
                "SELECT s.model_hash, m.file_size, m.first_seen, s.source_url, s.added_time, "
                    + scheme
                    + " FROM model_sources s JOIN models m ON m.hash = s.model_hash"
                    + LIMIT)
            .executeQuery()) {
      while (rows.next()) {
        found.add(
            new Source(
                String.valueOf(rows.getString(1)),
                rows.getLong(2),
                rows.getLong(3),
                String.valueOf(rows.getString(4)),
                rows.getLong(5),
                Models.SCHEME.equals(rows.getString(6))));
      }
    } catch (SQLException e) {
      System.getLogger("dev.tidepool.model")
          .log(System.Logger.Level.DEBUG, "salvage reason={0}", e.getMessage());
    }
    to.write(
        () -> {
          for (Source source : found) {
            copy(source);
          }
          return null;
        });
  }

  private void copy(Source source) throws SQLException {
    if (!KEY.matcher(source.key()).matches() || source.size() < 0) {
      return;
    }
    try {
      SourceUrl url = SourceUrl.of(source.url());
      if (source.own()) {
        new Models(to).put(source.key(), source.size(), null, source.seen());
      } else {
        new Models(to).putForeign(source.key(), source.size(), source.seen());
      }
      if (new Sources(to).add(source.key(), url.type(), url.text(), source.added())) {
        sources++;
      }
    } catch (TidepoolException e) {
      // A damaged address is none.
      System.getLogger("dev.tidepool.model")
          .log(System.Logger.Level.DEBUG, "salvage code={0}", e.code());
    }
  }
}
