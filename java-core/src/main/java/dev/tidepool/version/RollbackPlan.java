package dev.tidepool.version;

import dev.tidepool.manifest.ComfyUiPin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a rollback does, before anything is done.
 *
 * @param target the version's name, such as {@code v2}
 * @param commit the version's full hash
 * @param files below {@code .cec}
 * @param workflows below ComfyUI's folder of workflows
 * @param packs in the order in which they are done
 * @param comfyUi the program that ComfyUI is exchanged for, if it is
 * @param python whether the Python packages are brought in step with the lock
 * @param warnings what the rollback cannot restore, with what to do about it
 */
public record RollbackPlan(
    String target,
    String commit,
    List<FileStep> files,
    List<FileStep> workflows,
    List<PackStep> packs,
    Optional<ComfyUiPin> comfyUi,
    boolean python,
    List<String> warnings) {
  /** Copies the lists. */
  public RollbackPlan {
    files = List.copyOf(files);
    workflows = List.copyOf(workflows);
    packs = List.copyOf(packs);
    warnings = List.copyOf(warnings);
  }

  /** Whether everything is as it was already. */
  public boolean isEmpty() {
    return files.isEmpty()
        && workflows.isEmpty()
        && packs.isEmpty()
        && comfyUi.isEmpty()
        && !python;
  }

  /** Whether something has to be at hand before that may have to be fetched. */
  boolean fetches() {
    return comfyUi.isPresent() || packs.stream().anyMatch(PackStep::fetches);
  }

  /** What is in no version and goes to the trash, as people name it. */
  public List<String> discarded() {
    List<String> discarded = new ArrayList<>();
    workflows.stream()
        .filter(FileStep::trash)
        .forEach(step -> discarded.add("workflow " + step.path()));
    files.stream().filter(FileStep::trash).forEach(step -> discarded.add(".cec/" + step.path()));
    return List.copyOf(discarded);
  }
}
