package dev.tidepool.version;

import java.util.Optional;

/**
 * One node pack of an environment.
 *
 * @param id its key in the manifest; of one that is not recorded its folder's name
 * @param folder the name of its folder
 * @param source {@code registry}, {@code git} or {@code development}; empty when it is not recorded
 * @param recorded the version or commit that is recorded; may be empty
 * @param found the version or commit that is there; empty where nobody can tell
 * @param git where its repository stands, if it is looked at for one
 */
public record PackStatus(
    String id,
    String folder,
    PackState state,
    String source,
    String recorded,
    String found,
    Optional<GitState> git) {
  /** Whether it is as recorded. */
  public boolean isFine() {
    return state == PackState.INSTALLED;
  }
}
