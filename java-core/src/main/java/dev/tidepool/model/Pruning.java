package dev.tidepool.model;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forgets what is gone. */
final class Pruning {
  private final Database database;

  Pruning(Database database) {
    this.database = database;
  }

  Removal plan(@Nullable Path root) throws SQLException {
    List<IndexedRoot> roots = new Roots(database).all();
    if (root != null && roots.stream().noneMatch(at(root))) {
      throw new TidepoolException(
          ErrorKind.NOT_FOUND,
          "models-root-unknown",
          "The folder " + root + " is not among those that were indexed.",
          "tidepool models list --json names them.");
    }
    Queries queries = new Queries(database);
    List<IndexedFile> files = new ArrayList<>();
    for (IndexedFile file : queries.files()) {
      if (file.missing() || file.root().equals(root)) {
        files.add(file);
      }
    }
    // A file that seems to be gone may lie in a folder that could not be looked through.
    boolean sure =
        roots.stream()
            .filter(one -> !one.path().equals(root))
            .allMatch(one -> one.complete() && one.available());
    return new Removal(root, files, sure ? queries.withoutFiles(root) : List.of());
  }

  private static java.util.function.Predicate<IndexedRoot> at(Path root) {
    return one -> one.path().equals(root);
  }

  void carryOut(Removal removal) throws SQLException {
    @Nullable Path root = removal.root();
    for (IndexedFile file : removal.files()) {
      PreparedStatement delete =
          database.statement(
              "DELETE FROM model_locations WHERE base_directory = ? AND relative_path = ?"
                  + " AND (tidepool_missing IS NOT NULL OR base_directory IS ?)");
      delete.setString(1, file.root().toString());
      delete.setString(2, file.relativePath());
      delete.setString(3, root == null ? null : root.toString());
      delete.executeUpdate();
    }
    Locations locations = new Locations(database);
    for (IndexedModel model : removal.models()) {
      if (!locations.has(model.key())) {
        new Models(database).delete(model.key());
      }
    }
    if (root != null) {
      new Roots(database).delete(root);
    }
  }
}
