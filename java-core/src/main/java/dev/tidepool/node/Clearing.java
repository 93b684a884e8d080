package dev.tidepool.node;

import dev.tidepool.environment.Change;
import java.io.IOException;
import java.nio.file.Path;

/** What happens to something that lies where a pack belongs. */
sealed interface Clearing {
  void apply(Change change) throws IOException;

  /** To the environment's trash: it is the user's, or may be. */
  record ToTrash(Path path) implements Clearing {
    @Override
    public void apply(Change change) throws IOException {
      change.trash(path);
    }
  }

  /** Gone: the cache has the same files. */
  record Gone(Path path) implements Clearing {
    @Override
    public void apply(Change change) throws IOException {
      change.delete(path);
    }
  }

  /** Under another name. */
  record Renamed(Path from, Path to) implements Clearing {
    @Override
    public void apply(Change change) throws IOException {
      change.rename(from, to);
    }
  }
}
