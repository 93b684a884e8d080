package dev.tidepool.version;

import dev.tidepool.python.PackageDifference;
import java.util.List;
import java.util.Optional;

/**
 * How the installed Python packages compare with the lock.
 *
 * @param version of the interpreter; empty when there is none
 * @param outdated whether {@code uv.lock} no longer fits {@code pyproject.toml}, or is missing
 * @param packages those that differ
 * @param problem why that could not be found out
 */
public record PythonStatus(
    String version, boolean outdated, List<PackageDifference> packages, Optional<Problem> problem) {
  /** Copies the list. */
  public PythonStatus {
    packages = List.copyOf(packages);
  }

  /** Whether everything is as locked. */
  public boolean isFine() {
    return !outdated && packages.isEmpty() && problem.isEmpty();
  }
}
