package dev.tidepool.adoption;

import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.EnvironmentState;
import dev.tidepool.environment.Environments;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Identity;
import dev.tidepool.history.Version;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.version.Status;
import dev.tidepool.version.Surroundings;
import dev.tidepool.version.SyncState;
import dev.tidepool.version.TrackedWorkflow;
import dev.tidepool.workspace.Workspace;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes over a workspace of ComfyDock 1.0, whose layout is Tidepool's own: nothing is converted.
 * First {@link #check}, which finds out whether each environment can be read and whether its
 * workflows in ComfyUI are those in {@code .cec}; then {@link #makeFirstVersions} where there is
 * none. For one thread.
 */
public final class Migration {
  private static final String MESSAGE = "As ComfyDock left it";

  private final Workspace workspace;
  private final Environments environments;
  private final Identity who;
  private final Function<Environment, Surroundings> around;

  /**
   * Migrates a workspace.
   *
   * @param around what a look at an environment needs
   */
  public Migration(
      Workspace workspace,
      Environments environments,
      Identity who,
      Function<Environment, Surroundings> around) {
    this.workspace = workspace;
    this.environments = environments;
    this.who = who;
    this.around = around;
  }

  /**
   * Looks at every environment; changes nothing.
   *
   * @throws TidepoolException {@code migrate-no-workspace}, {@code migrate-docker}
   */
  public List<EnvironmentCheck> check() {
    if (!environments.file().exists()) {
      throw DockerWorkspace.refusal(workspace.folder())
          .orElseGet(
              () ->
                  new TidepoolException(
                      ErrorKind.NOT_FOUND,
                      "migrate-no-workspace",
                      workspace.folder() + " is no workspace of ComfyDock.",
                      "Name the folder with .metadata/workspace.json and environments/.",
                      "tidepool adopt DIR takes a ComfyUI that was set up by hand."));
    }
    List<EnvironmentCheck> checks = new ArrayList<>();
    for (Environment environment : environments.all()) {
      if (environments.state(environment) != EnvironmentState.UNVERSIONED) {
        checks.add(check(environment));
      }
    }
    return checks;
  }

  /**
   * Makes the first version of every environment that has none, each whole or not at all.
   *
   * @return the checks, with the versions that there are now
   */
  public List<EnvironmentCheck> makeFirstVersions(List<EnvironmentCheck> checks) {
    List<EnvironmentCheck> after = new ArrayList<>();
    for (EnvironmentCheck check : checks) {
      after.add(check.needsFirstVersion() ? check.at(first(check.name()).name()) : check);
    }
    return after;
  }

  private Version first(String name) {
    Environment environment = environments.named(Optional.of(name));
    List<Version> made = new ArrayList<>();
    return Change.of(
        environment,
        "migrate",
        change -> {
          change.history(() -> made.add(environment.history(who).create(MESSAGE)));
          return made.get(0);
        });
  }

  private EnvironmentCheck check(Environment environment) {
    List<String> problems = new ArrayList<>();
    if (!environment.isComplete()) {
      problems.add("It was not made to its end: .cec/.complete is missing.");
    }
    if (!Files.isDirectory(environment.comfyUi())) {
      problems.add("It has no ComfyUI.");
    }
    String comfyUi = "";
    int packs = 0;
    Map<String, String> differing = new TreeMap<>();
    int same = 0;
    try {
      Manifest manifest = environment.manifest();
      comfyUi = manifest.comfyUi().version();
      packs = manifest.nodes().size();
      manifest.models();
      for (TrackedWorkflow workflow : Status.workflows(environment, around.apply(environment))) {
        workflow.problem().ifPresent(problem -> problems.add(problem.message()));
        if (workflow.state() == SyncState.SYNCED) {
          same++;
        } else {
          differing.put(workflow.name(), workflow.state().code());
        }
      }
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      problems.add(e.text());
    }
    return new EnvironmentCheck(
        environment.name(),
        comfyUi,
        packs,
        same,
        differing,
        problems,
        newest(environment, problems));
  }

  private Optional<String> newest(Environment environment, List<String> problems) {
    History history = environment.history(who);
    try {
      return StorageFailures.translate(
          "read the versions of " + environment.name(),
          () ->
              history.exists()
                  ? history.versions(1).stream().map(Version::name).findFirst()
                  : Optional.empty());
    } catch (TidepoolException e) {
      problems.add(e.text());
      return Optional.empty();
    }
  }
}
