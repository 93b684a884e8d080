package dev.tidepool.manifest;

import java.util.Optional;

/**
 * Which ComfyUI an environment has.
 *
 * @param version a release, a branch, a commit, or what its source is called
 * @param versionType {@code release}, {@code branch} or {@code commit}
 */
public record ComfyUiPin(String version, Optional<String> versionType, Optional<String> commit) {}
