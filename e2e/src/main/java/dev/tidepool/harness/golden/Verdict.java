package dev.tidepool.harness.golden;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one workflow.
 *
 * @param file the workflow
 * @param differences from the golden; for a golden that was just written, what it changed
 * @param problem why there is no result, or no golden; empty when there are both
 * @param hints what to do about the problem
 * @param results what the run found
 * @param times of the nodes, in the order in which they began
 * @param duration of the whole test, conversion and second run included
 */
public record Verdict(
    Path file,
    Status status,
    List<Difference> differences,
    String problem,
    List<String> hints,
    Optional<Results> results,
    List<NodeTime> times,
    Duration duration) {
  /** How a test can end. */
  public enum Status {
    /** All as in the golden. */
    SAME,
    /** Something is not as in the golden. */
    DIFFERENT,
    /** There is no golden yet. */
    MISSING,
    /** There is no result to compare, or the files of the test are broken. */
    BROKEN,
    /** The golden was written anew. */
    UPDATED;

    /** Whether the whole run fails by it. */
    public boolean isFailure() {
      return this != SAME && this != UPDATED;
    }
  }

  /** The workflow's name: the file's without its end. */
  public String name() {
    return Workflow.nameOf(file);
  }
}
