package dev.tidepool.version;

import dev.tidepool.environment.Environment;

/** What looking at one environment takes. */
final class EnvironmentLook {
  private final Environment environment;
  private final Surroundings around;
  private final Ignored ignored;

  EnvironmentLook(Environment environment, Surroundings around) {
    this.environment = environment;
    this.around = around;
    this.ignored = Ignored.in(environment.cec());
  }

  StatusCache cache() {
    return StatusCache.open(
        environment.folder().resolve(".tidepool").resolve("status.json"),
        around.loadersName(),
        around.clock());
  }

  Ignored ignored() {
    return ignored;
  }

  WorkflowTracking tracking() {
    return new WorkflowTracking(
        new WorkflowTracking.Folders(environment.liveWorkflows(), environment.workflows()),
        ignored::workflow,
        around.loaders(),
        around.clock());
  }

  PackScan packs(StatusCache cache) {
    return new PackScan(environment.customNodes(), ignored::pack, new GitLook(cache));
  }

  ModelChecks checks(StatusCache cache) {
    return new ModelChecks(around.models(), around.loaders(), cache);
  }
}
