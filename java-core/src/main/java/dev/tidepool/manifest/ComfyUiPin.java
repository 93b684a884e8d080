package dev.tidepool.manifest;

import java.util.Optional;

/**
 * Which ComfyUI an environment has.
 *
 * @param version a release, a branch, a commit, or what its source is called
 * @param versionType {@code release}, {@code branch} or {@code commit}
 */
public record ComfyUiPin(String version, Optional<String> versionType, Optional<String> commit) {
  /** Whether both are the same program; by their commits, where both have one. */
  public boolean isSame(ComfyUiPin other) {
    return (commit.isPresent() && other.commit.isPresent())
        ? commit.equals(other.commit)
        : version.equals(other.version);
  }

  /** What to ask ComfyUI's repository for: of a branch, which moves on, the commit that it had. */
  public String asked() {
    return versionType.equals(Optional.of("branch"))
        ? commit.filter(text -> text.matches("[0-9a-f]{40}")).orElse(version)
        : version;
  }
}
