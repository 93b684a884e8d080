package dev.tidepool.importing;

import dev.tidepool.environment.Environment;
import dev.tidepool.history.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is after an import, and what is not.
 *
 * @param environment its name
 * @param folder of the environment
 * @param version that was made; nothing when nothing was new
 * @param models what came of each
 * @param packs as they were planned
 * @param workflows those that came, by their paths
 * @param pools the names that pools got
 * @param notes what a person should know
 * @param next what to do now, in sentences
 */
public record ImportReport(
    String environment,
    Path folder,
    Optional<String> version,
    List<ArrivedModel> models,
    List<PlannedPack> packs,
    List<String> workflows,
    List<String> pools,
    List<String> notes,
    List<String> next) {
  /** Copies the lists. */
  public ImportReport {
    models = List.copyOf(models);
    packs = List.copyOf(packs);
    workflows = List.copyOf(workflows);
    pools = List.copyOf(pools);
    notes = List.copyOf(notes);
    next = List.copyOf(next);
  }

  /** What came of a plan. */
  static ImportReport of(
      ImportPlan plan,
      Environment environment,
      Optional<Version> version,
      List<ArrivedModel> models,
      List<String> workflows,
      List<String> pools) {
    return new ImportReport(
        environment.name(),
        environment.folder(),
        version.map(Version::name),
        models,
        plan.packs(),
        workflows,
        pools,
        plan.notes(),
        NextSteps.of(plan, models));
  }

  /** The same as another version. */
  ImportReport as(Version made) {
    return new ImportReport(
        environment,
        folder,
        Optional.of(made.name()),
        models,
        packs,
        workflows,
        pools,
        notes,
        next);
  }

  /** The same with more to do. */
  public ImportReport withNext(List<String> more) {
    List<String> all = new ArrayList<>(next);
    all.addAll(more);
    return new ImportReport(
        environment, folder, version, models, packs, workflows, pools, notes, all);
  }

  /** Whether all that the bundle names is there. */
  public boolean isWhole() {
    return models.stream().allMatch(each -> each.file().isPresent())
        && packs.stream().noneMatch(each -> each.state() == PlannedPack.State.MISSING);
  }
}
