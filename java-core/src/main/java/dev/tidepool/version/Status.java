package dev.tidepool.version;

import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.history.History;
import dev.tidepool.workflow.WorkflowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an environment compares with its newest version.
 *
 * @param environment its name
 * @param version the newest version's name, such as {@code v3}; nothing before the first
 * @param manifest why {@code pyproject.toml} cannot be read
 * @param uncommitted files of {@code .cec} that differ from the newest version
 */
public record Status(
    String environment,
    Optional<String> version,
    List<WorkflowStatus> workflows,
    List<PackStatus> packs,
    PythonStatus python,
    Optional<Problem> manifest,
    List<ChangedFile> uncommitted) {
  /** Copies the lists. */
  public Status {
    workflows = List.copyOf(workflows);
    packs = List.copyOf(packs);
    uncommitted = List.copyOf(uncommitted);
  }

  /**
   * Looks at an environment; changes nothing but what it keeps for the next look.
   *
   * @param history taken only when git has to be asked
   * @param python taken only when uv has to be asked
   */
  public static Status of(
      Environment environment,
      Supplier<History> history,
      Surroundings around,
      Supplier<PythonProject> python) {
    return new StatusLook(
            environment,
            history,
            new EnvironmentLook(environment, around),
            new LockedPython(environment, python))
        .status();
  }

  /** Every difference between a modified workflow and its committed copy. */
  public static List<WorkflowChange> changes(
      Environment environment, Surroundings around, String workflow) {
    return new EnvironmentLook(environment, around).tracking().changes(workflow);
  }

  /** Only the workflows of an environment, by name. */
  public static List<TrackedWorkflow> workflows(Environment environment, Surroundings around) {
    EnvironmentLook look = new EnvironmentLook(environment, around);
    StatusCache cache = look.cache();
    List<TrackedWorkflow> workflows = look.tracking().look(cache);
    cache.save();
    return workflows;
  }

  /** Whether a commit would make a new version. */
  public boolean hasChanges() {
    return !uncommitted.isEmpty()
        || workflows.stream().anyMatch(workflow -> workflow.workflow().changed());
  }

  /** Whether a commit would leave nothing unresolved. */
  public boolean isReady() {
    return hasChanges() && manifest.isEmpty() && reasons().isEmpty();
  }

  /** What a commit would record as unresolved, or leave out; each a sentence's beginning. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    long models = workflows.stream().mapToLong(workflow -> workflow.missing().size()).sum();
    long invalid = workflows.stream().filter(one -> one.workflow().problem().isPresent()).count();
    long packless = workflows.stream().filter(one -> !one.missingPacks().isEmpty()).count();
    long packsOff =
        packs.stream()
            .filter(pack -> !pack.isFine() && !pack.state().equals(PackState.CHANGED))
            .count();
    add(reasons, models, "model is not found", "models are not found");
    add(
        reasons,
        packless,
        "workflow needs missing node packs",
        "workflows need missing node packs");
    add(reasons, packsOff, "node pack is not as recorded", "node packs are not as recorded");
    add(reasons, invalid, "file is no workflow", "files are no workflows");
    manifest.ifPresent(problem -> reasons.add("the manifest cannot be read"));
    if (!python.isFine()) {
      reasons.add("the Python packages are not as locked");
    }
    return reasons;
  }

  private static void add(List<String> reasons, long count, String one, String many) {
    if (count > 0) {
      reasons.add(count + " " + (count == 1 ? one : many));
    }
  }
}
