package dev.tidepool.version;

import dev.tidepool.comfyui.CachedComfyUi;
import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Tree;
import dev.tidepool.history.Version;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.ComfyUiPin;
import dev.tidepool.manifest.NodeEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings an environment back to an earlier version: the files of {@code .cec}, the workflows in
 * ComfyUI, the node packs, the program ComfyUI and the Python packages, in one change that happens
 * whole or not at all. No version is made and none goes: what was restored are new changes, ready
 * to be committed.
 *
 * <p>Whatever is in no version goes to the environment's trash. Development nodes are never deleted
 * or replaced. For one thread.
 */
public final class Rollback {
  private final Environment environment;
  private final History history;
  private final EnvironmentLook look;
  private final Means means;
  private final LockedPython packages;
  private final boolean keepsComfyUi;

  /**
   * For one environment.
   *
   * @param keepsComfyUi whether the program ComfyUI stays, whatever it was then
   */
  public Rollback(
      Environment environment,
      History history,
      Surroundings around,
      Means means,
      boolean keepsComfyUi) {
    this.keepsComfyUi = keepsComfyUi;
    this.environment = environment;
    this.history = history;
    this.look = new EnvironmentLook(environment, around);
    this.means = means;
    this.packages = new LockedPython(environment, means.python());
  }

  /** What brings back Python packages, node packs and the program ComfyUI. */
  public record Means(Supplier<PythonProject> python, PackSource packs, Programs programs) {}

  /**
   * Makes up what to do; changes nothing.
   *
   * @param target a version, or nothing for the newest: what was changed since is discarded
   * @throws TidepoolException {@code version-not-found}, {@code version-without-manifest}
   */
  public RollbackPlan plan(Optional<String> target) {
    return planning(target).plan();
  }

  private RollbackPlanning planning(Optional<String> target) {
    Version then = history.resolve(target.orElse("HEAD"));
    return new RollbackPlanning(environment, history, look, packages, keepsComfyUi, then);
  }

  /**
   * What an attempt came to.
   *
   * @param plan what there is to do
   * @param done whether it was done
   */
  public record Attempt(RollbackPlan plan, boolean done) {}

  /**
   * Plans, and does it in the same breath if nothing has to be fetched for it. That takes one look
   * at the environment, where {@link #apply} has to look again.
   *
   * @param target as for {@link #plan}
   * @param consent is shown the plan, and tells whether it may be done now
   * @throws TidepoolException as from {@link #plan} and {@link #apply}; nothing is changed then
   */
  public Attempt attempt(Optional<String> target, Predicate<RollbackPlan> consent, Steps steps) {
    return Change.of(
        environment,
        "rollback",
        change -> {
          RollbackPlanning planning = planning(target);
          RollbackPlan plan = planning.plan();
          boolean now = consent.test(plan) && !plan.isEmpty() && !plan.fetches();
          if (now) {
            perform(plan, planning, Optional.empty(), change, steps);
          }
          return new Attempt(plan, now);
        });
  }

  /**
   * Does what was planned.
   *
   * @throws TidepoolException {@code environment-changed} when something changed since it was
   *     planned; else what failed. Nothing is changed then
   */
  public void apply(RollbackPlan plan, Steps steps) {
    RollbackPlanning planning = planning(Optional.of(plan.commit()));
    for (PackStep step : plan.packs()) {
      if (step.fetches()) {
        means.packs().prepare(step.id(), entry(planning.then().nodes(), step), steps);
      }
    }
    Optional<ProgramMove> program = plan.comfyUi().map(pin -> program(pin, planning, steps));
    Change.of(
        environment,
        "rollback",
        change -> {
          if (!planning.plan().equals(plan)) {
            throw new TidepoolException(
                ErrorKind.CONFLICT,
                "environment-changed",
                "Another program changed " + environment.name() + " meanwhile.",
                "Do it again.");
          }
          perform(plan, planning, program, change, steps);
          return plan;
        });
  }

  /** An exchange of the program ComfyUI for which everything is at hand. */
  @FunctionalInterface
  private interface ProgramMove {
    void in(Change change) throws IOException;
  }

  private ProgramMove program(ComfyUiPin then, RollbackPlanning planning, Steps steps) {
    ComfyUiPin now = ProgramHere.of(environment, planning.now().comfyUi());
    ProgramExchange exchange = new ProgramExchange(environment, now, then);
    exchange.requireExchangeable();
    Optional<CachedComfyUi> fetched =
        exchange.isKept() ? Optional.empty() : Optional.of(means.programs().obtain(then, steps));
    return change -> exchange.run(fetched, means.programs().find(now), change, steps);
  }

  private void perform(
      RollbackPlan plan,
      RollbackPlanning planning,
      Optional<ProgramMove> program,
      Change change,
      Steps steps)
      throws IOException {
    files(plan, planning.tree(), change);
    for (PackStep step : plan.packs()) {
      pack(step, planning.then().nodes(), change);
    }
    if (program.isPresent()) {
      program.get().in(change);
    }
    python(plan, planning.tree(), change, steps);
  }

  private static NodeEntry entry(Map<String, NodeEntry> packs, PackStep step) {
    @Nullable NodeEntry entry = packs.get(step.id());
    if (entry == null) {
      throw new IllegalStateException("the plan is of another version: " + step.id());
    }
    return entry;
  }

  private void files(RollbackPlan plan, Tree tree, Change change) throws IOException {
    FileSteps files = new FileSteps(tree.contents(tree.paths()));
    files.add(plan.files(), environment.cec(), "");
    files.add(plan.workflows(), environment.liveWorkflows(), "workflows/");
    change.trash(files.trashed);
    change.delete(files.deleted);
    if (!files.written.isEmpty()) {
      change.write(files.written);
    }
  }

  /** What becomes of which files: together they change in a fraction of the time. */
  private static final class FileSteps {
    private final Map<String, byte[]> recorded;
    private final List<Path> trashed = new ArrayList<>();
    private final List<Path> deleted = new ArrayList<>();
    private final Map<Path, byte[]> written = new LinkedHashMap<>();

    FileSteps(Map<String, byte[]> recorded) {
      this.recorded = recorded;
    }

    void add(List<FileStep> steps, Path folder, String prefix) {
      for (FileStep step : steps) {
        Path file = folder.resolve(step.path());
        boolean gone = step.kind() == FileStep.Kind.REMOVE;
        if (step.trash()) {
          trashed.add(file);
        } else if (gone) {
          deleted.add(file);
        }
        byte @Nullable [] content = recorded.get(prefix + step.path());
        if (!gone && content != null) {
          written.put(file, content);
        }
      }
    }
  }

  private void pack(PackStep step, Map<String, NodeEntry> packs, Change change) throws IOException {
    Path folder = environment.customNodes().resolve(step.folder());
    Path disabled = environment.customNodes().resolve(step.folder() + ".disabled");
    switch (step.kind()) {
      case REMOVE -> change.trash(folder);
      case DISABLE -> {
        trashed(disabled, change);
        change.rename(folder, disabled);
      }
      case ENABLE -> {
        trashed(folder, change);
        change.rename(disabled, folder);
      }
      case INSTALL, REPLACE -> {
        trashed(folder, change);
        Path prepared = change.staging().resolve("pack-" + step.folder());
        means.packs().unpack(step.id(), entry(packs, step), prepared);
        change.put(folder, prepared);
      }
    }
  }

  private static void trashed(Path path, Change change) throws IOException {
    if (Folders.isThere(path)) {
      change.trash(path);
    }
  }

  private void python(RollbackPlan plan, Tree tree, Change change, Steps steps) throws IOException {
    if (!plan.python()) {
      return;
    }
    if (tree.id("uv.lock").isEmpty()) {
      change.write(environment.lock(), means.python().get().locked(environment, steps));
    }
    change.python(() -> means.python().get().sync(environment, steps));
  }
}
