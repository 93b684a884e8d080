package dev.tidepool.nodepack;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How packs are had from git repositories. */
interface GitPacks {
  /**
   * What a ref means now.
   *
   * @param commit 40 hex digits
   * @param branch the branch that was meant; nothing for a tag or a commit
   */
  record State(String commit, Optional<String> branch) {}

  /**
   * Asks the repository for a ref, its default branch when there is none.
   *
   * @throws TidepoolException {@code git-unreachable}, {@code git-ref-not-found}
   */
  State find(String url, Optional<String> ref, Steps steps);

  /**
   * Writes the files of a commit into a new folder.
   *
   * @throws TidepoolException as {@link #find}
   */
  void checkOut(String url, State state, Path folder, Steps steps) throws IOException;

  /** Whether two URLs mean the same repository. */
  boolean same(String url, String other);
}
