package dev.tidepool.nodepack;

import dev.tidepool.git.RepositoryUrl;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Packs cloned with git. */
final class ClonedPacks implements GitPacks {
  @Override
  public State find(String url, Optional<String> ref, Steps steps) {
    throw new UnsupportedOperationException("to come");
  }

  @Override
  public void checkOut(String url, State state, Path folder, Steps steps) throws IOException {
    throw new UnsupportedOperationException("to come");
  }

  @Override
  public boolean same(String url, String other) {
    return RepositoryUrl.of(url).key().equals(RepositoryUrl.of(other).key());
  }
}
