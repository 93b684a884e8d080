package dev.tidepool.version;

/**
 * Where a repository stands.
 *
 * @param commit the full hash; empty before the first commit
 * @param branch empty when none is checked out
 * @param dirty whether files differ from the commit
 */
public record GitState(String commit, String branch, boolean dirty) {
  private static final int SHORT = 7;

  /** For people: {@code main@1a2b3c4}, with a star when files differ. */
  public String text() {
    String hash = commit.substring(0, Math.min(SHORT, commit.length()));
    return (branch.isEmpty() ? "" : branch + "@") + hash + (dirty ? "*" : "");
  }
}
