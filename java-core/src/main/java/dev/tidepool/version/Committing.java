package dev.tidepool.version;

import dev.tidepool.environment.Change;
import dev.tidepool.environment.Environment;
import dev.tidepool.environment.PythonProject;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.history.History;
import dev.tidepool.history.Version;
import dev.tidepool.io.AtomicFiles;
import dev.tidepool.io.Steps;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.ModelEntry;
import dev.tidepool.manifest.WorkflowEntry;
import dev.tidepool.manifest.WorkflowModel;
import dev.tidepool.resolution.Asking;
import dev.tidepool.resolution.Offering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Records the state of an environment as a new version. First {@link #plan}, which reads the
 * workflows and asks; then {@link #commit}, which writes everything in one change: it happens whole
 * or not at all. For one thread.
 */
public final class Committing {
  private static final String MESSAGE = "Committing all changes";

  private final Environment environment;
  private final History history;
  private final Surroundings around;
  private final Supplier<PythonProject> python;
  private final EnvironmentLook look;

  /** For one environment; the Python project is taken only when uv has to be asked. */
  public Committing(
      Environment environment,
      History history,
      Surroundings around,
      Supplier<PythonProject> python) {
    this.environment = environment;
    this.history = history;
    this.around = around;
    this.python = python;
    this.look = new EnvironmentLook(environment, around);
  }

  /** The node types in workflows that are to be recorded of which nobody knows what they load. */
  public Set<String> unknownTypes() {
    StatusCache cache = look.cache();
    Set<String> types = new TreeSet<>();
    for (TrackedWorkflow workflow : look.tracking().look(cache)) {
      if (workflow.changed()) {
        workflow.facts().ifPresent(facts -> facts.packs().forEach(pack -> types.add(pack.type())));
      }
    }
    cache.save();
    types.removeIf(type -> around.loaders().get().knows(type));
    return types;
  }

  /**
   * Looks at the workflows, settles their models and makes up what to write.
   *
   * @param asking makes who is asked where no file is sure
   * @param steps hears what the user has to know
   */
  public CommitPlan plan(Function<Offering, Asking> asking, Steps steps) {
    StatusCache cache = look.cache();
    List<TrackedWorkflow> workflows = look.tracking().look(cache);
    boolean none = workflows.stream().noneMatch(TrackedWorkflow::changed);
    ModelChecks checks = look.checks(cache);
    boolean wrongPaths =
        none
            && workflows.stream()
                .flatMap(workflow -> workflow.facts().map(checks::of).orElse(List.of()).stream())
                .anyMatch(check -> check.state() == ModelState.PATH);
    cache.save();
    if (none && !wrongPaths) {
      return new CommitPlan(
          List.of(),
          List.of(),
          workflows.stream().filter(workflow -> workflow.problem().isPresent()).toList());
    }
    return new CommitPlanning(around, Manifest.read(environment.pyproject()), look.tracking())
        .plan(workflows, checks, asking, steps::note);
  }

  /**
   * Writes what was planned, and all else that changed in {@code .cec}, as a new version.
   *
   * @param message what the version is about; a plain one when it is empty
   * @return without a version when there was nothing to record
   * @throws TidepoolException {@code workflow-changed} when ComfyUI saved one of the workflows in
   *     the meantime; nothing is changed then
   */
  public CommitResult commit(CommitPlan plan, Optional<String> message, Steps steps) {
    boolean nothing =
        plan.planned().isEmpty() && plan.deleted().isEmpty() && history.uncommitted().isEmpty();
    if (nothing) {
      return result(plan, Optional.empty(), false);
    }
    return Change.of(
        environment,
        "commit",
        change -> {
          write(plan, change);
          boolean locked = lock(change, steps);
          List<Version> made = new ArrayList<>();
          change.history(() -> history.commit(message.orElse(MESSAGE)).ifPresent(made::add));
          return result(plan, made.stream().findFirst(), locked);
        });
  }

  /**
   * Puts what was planned into {@code .cec} of an environment that is being made: the workflows as
   * they are in ComfyUI, and what they need. Nothing is rewritten in ComfyUI; the first version is
   * made of it.
   */
  public void prepareFirst(CommitPlan plan) throws IOException {
    for (PlannedWorkflow workflow : plan.planned()) {
      Path file = look.tracking().committedFile(workflow.name());
      Files.createDirectories(file.resolveSibling(""));
      AtomicFiles.write(file, workflow.before());
    }
    Manifest manifest = recorded(Manifest.read(environment.pyproject()), plan);
    AtomicFiles.write(environment.pyproject(), manifest.text().getBytes(StandardCharsets.UTF_8));
  }

  private void write(CommitPlan plan, Change change) throws IOException {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    for (PlannedWorkflow workflow : plan.planned()) {
      Path live = look.tracking().liveFile(workflow.name());
      if (!Files.isRegularFile(live)
          || !Arrays.equals(Files.readAllBytes(live), workflow.before())) {
        throw changed(live);
      }
      if (!Arrays.equals(workflow.before(), workflow.after())) {
        contents.put(live.toRealPath(), workflow.after());
      }
      contents.put(look.tracking().committedFile(workflow.name()), workflow.after());
    }
    Manifest before = Manifest.read(environment.pyproject());
    Manifest after = recorded(before, plan);
    if (!after.text().equals(before.text())) {
      contents.put(environment.pyproject(), after.text().getBytes(StandardCharsets.UTF_8));
    }
    if (!contents.isEmpty()) {
      change.write(contents);
    }
    List<Path> deleted = new ArrayList<>();
    for (String name : plan.deleted()) {
      if (Files.exists(look.tracking().liveFile(name))) {
        throw changed(look.tracking().liveFile(name));
      }
      deleted.add(look.tracking().committedFile(name));
    }
    change.delete(deleted);
  }

  private static TidepoolException changed(Path live) {
    return new TidepoolException(
        ErrorKind.CONFLICT,
        "workflow-changed",
        "Another program changed " + live + " meanwhile.",
        "Do it again.");
  }

  private static Manifest recorded(Manifest before, CommitPlan plan) {
    Map<String, WorkflowEntry> entries = new LinkedHashMap<>();
    List<ModelEntry> models = new ArrayList<>();
    for (PlannedWorkflow workflow : plan.planned()) {
      entries.put(workflow.name(), workflow.entry());
      models.addAll(workflow.models());
    }
    Manifest after = before;
    for (String name : plan.deleted()) {
      after = after.withoutWorkflow(name);
    }
    after = after.withWorkflows(entries).withModels(models);
    Set<String> used = new LinkedHashSet<>();
    for (WorkflowEntry entry : after.workflows().values()) {
      entry.models().stream().map(WorkflowModel::hash).forEach(hash -> hash.ifPresent(used::add));
    }
    // Without workflows nothing tells which models are needed; then those listed stay.
    return plan.planned().isEmpty() && plan.deleted().isEmpty()
        ? after
        : after.withoutModelsBut(used);
  }

  /** Locks anew when the packages that are asked for are others than in the newest version. */
  private boolean lock(Change change, Steps steps) throws IOException {
    Optional<byte[]> last = Optional.ofNullable(history.lastTree().bytes("pyproject.toml"));
    Manifest wanted = Manifest.read(environment.pyproject());
    boolean same =
        last.isPresent()
            && AskedPackages.of(Manifest.parse(new String(last.get(), StandardCharsets.UTF_8)))
                .equals(AskedPackages.of(wanted));
    if (same) {
      return false;
    }
    change.write(environment.lock(), python.get().locked(environment, steps));
    return true;
  }

  private static CommitResult result(CommitPlan plan, Optional<Version> version, boolean locked) {
    return new CommitResult(
        version,
        names(plan, SyncState.NEW),
        plan.planned().stream()
            .filter(workflow -> workflow.state() != SyncState.NEW)
            .map(PlannedWorkflow::name)
            .toList(),
        plan.deleted(),
        plan.planned().stream().mapToInt(PlannedWorkflow::rewritten).sum(),
        plan.open(),
        plan.invalid(),
        locked);
  }

  private static List<String> names(CommitPlan plan, SyncState state) {
    return plan.planned().stream()
        .filter(workflow -> workflow.state() == state)
        .map(PlannedWorkflow::name)
        .toList();
  }
}
