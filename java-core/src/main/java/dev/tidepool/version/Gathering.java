package dev.tidepool.version;

import dev.tidepool.environment.Environment;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Offering;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What workflows of an environment need now, whether they were changed since the newest version or
 * not. Everything is as a commit would record it; nothing of the environment is written.
 */
public final class Gathering {
  private Gathering() {}

  /**
   * Reads the workflows in ComfyUI's folder, and settles their models.
   *
   * @param wanted tells by its name whether a workflow is meant
   * @param asking makes who is asked where no file is sure
   * @param steps hears what the user has to know
   * @return the workflows that were meant and are there; those that cannot be read as invalid
   */
  public static CommitPlan of(
      Environment environment,
      Surroundings around,
      Predicate<String> wanted,
      Function<Offering, Asking> asking,
      Steps steps) {
    EnvironmentLook look = new EnvironmentLook(environment, around);
    StatusCache cache = look.cache();
    List<TrackedWorkflow> workflows =
        look.tracking().look(cache).stream()
            .filter(workflow -> wanted.test(workflow.name()))
            .toList();
    return new CommitPlanning(around, Manifest.read(environment.pyproject()), look.tracking())
        .gathered(workflows, asking, steps::note);
  }
}
