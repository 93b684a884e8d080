package dev.tidepool.node;

import dev.tidepool.manifest.NodeEntry;
import java.util.List;
import java.util.Optional;

/**
 * A pack that the environment lists.
 *
 * @param id its key in the manifest
 * @param branch of a git repository as it is now
 * @param commit of a git repository as it is now
 * @param dirty whether a git repository has changes that are not committed
 * @param requirements the Python packages of its dependency group
 */
public record ListedPack(
    String id,
    NodeEntry entry,
    State state,
    Optional<String> branch,
    Optional<String> commit,
    boolean dirty,
    List<String> requirements) {
  /** Copies the list. */
  public ListedPack {
    requirements = List.copyOf(requirements);
  }

  /** How its folder is. */
  public enum State {
    /** As it should be. */
    PRESENT,
    /** Not there. */
    MISSING,
    /** Not what the cache has of it. */
    CHANGED
  }
}
