package dev.tidepool.nodepack;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.GitClone;
import dev.tidepool.git.RepositoryUrl;
import dev.tidepool.git.Transports;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StorageFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Packs cloned with git, without their history. */
final class ClonedPacks implements GitPacks {
  @Override
  public State find(String url, Optional<String> ref, Steps steps) {
    return StorageFailures.translate(
        "ask " + RepositoryUrl.parse(url).text(),
        () -> {
          GitClone.Found found =
              new GitClone(url, Transports.ALSO_LOCAL, steps).find(ref.orElse(""));
          return new State(found.commit(), found.branch());
        });
  }

  @Override
  public void checkOut(String url, State state, Path folder, Steps steps) throws IOException {
    new GitClone(url, Transports.ALSO_LOCAL, steps)
        .run(state.commit(), GitClone.Depth.SHALLOW, folder);
    Folders.delete(folder.resolve(".git"));
  }

  @Override
  public boolean same(String url, String other) {
    try {
      return RepositoryUrl.parse(url).sameAs(RepositoryUrl.parse(other));
    } catch (TidepoolException e) {
      return false;
    }
  }
}
