package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.importing.ImportPlan;
import dev.tidepool.importing.ImportReport;
import dev.tidepool.importing.Importing;
import dev.tidepool.io.Steps;
import dev.tidepool.loader.InstalledComfyUi;
import dev.tidepool.loader.Loaders;
import dev.tidepool.loader.NodeFacts;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Asks an environment that was imported which models the nodes of its packs load. That runs the
 * packs; the import is whole without it.
 */
final class ArrivedNodes {
  private ArrivedNodes() {}

  /** The report, with the models of those nodes named, or with why they were not looked at. */
  static ImportReport settled(
      Importing importing,
      ImportPlan plan,
      ImportReport report,
      InstalledComfyUi comfyUi,
      BooleanSupplier allowed,
      Steps steps) {
    List<String> open = importing.openModels(plan, report);
    if (open.isEmpty()) {
      return report;
    }
    String what = "Whether nodes of packs load " + String.join(", ", open) + " was not looked at";
    if (!allowed.getAsBoolean()) {
      return report.withNext(
          List.of(
              what
                  + ", since that runs the packs: the same import with --env "
                  + report.environment()
                  + " --run-install does."));
    }
    try {
      steps.begin("Asking ComfyUI which models the nodes of its packs load");
      NodeFacts facts = comfyUi.ask();
      ImportReport settled = importing.settle(report, facts.refine(Loaders.builtIn()), steps);
      return facts.failed().isEmpty()
          ? settled
          : settled.withNext(
              List.of(
                  "These could not say which models they load: "
                      + String.join(", ", facts.failed())));
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      return report.withNext(List.of(what + ": " + e.text()));
    }
  }
}
