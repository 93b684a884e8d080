package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.importing.ImportReport;
import dev.tidepool.importing.PlannedPack;
import dev.tidepool.io.Steps;
import dev.tidepool.node.InstallScripts;
import dev.tidepool.nodepack.PackNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What became of the install scripts of packs that an import brought. The environment is whole
 * without them; one that fails takes nothing back.
 *
 * @param ran the folders of the packs whose scripts ran
 * @param left those whose scripts nobody allowed
 * @param failed what went wrong with others
 */
record ArrivedScripts(List<String> ran, List<String> left, List<String> failed) {
  /**
   * Runs those that are allowed.
   *
   * @param allowed hears the folder of a pack
   */
  static ArrivedScripts run(
      ImportReport report, InstallScripts scripts, Predicate<String> allowed, Steps steps) {
    List<String> ran = new ArrayList<>();
    List<String> left = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (PlannedPack pack : report.packs()) {
      String folder = PackNames.folder(pack.entry().name());
      if (!pack.isThere() || !scripts.has(folder)) {
        continue;
      }
      if (!allowed.test(folder)) {
        left.add(folder);
        continue;
      }
      steps.begin("Running " + InstallScripts.NAME + " of " + folder);
      try {
        scripts.run(folder);
        ran.add(folder);
      } catch (TidepoolException e) {
        if (e.kind() == ErrorKind.STOPPED) {
          throw e;
        }
        failed.add(e.text());
      }
    }
    return new ArrivedScripts(ran, left, failed);
  }

  /** What to do about those that did not run, in sentences. */
  List<String> next(Path customNodes, Path python) {
    List<String> next = new ArrayList<>();
    for (String folder : left) {
      next.add(
          "The node pack "
              + folder
              + " has an install script, which was not run. When you trust it, run it in "
              + customNodes.resolve(folder)
              + ": "
              + python
              + " "
              + InstallScripts.NAME);
    }
    next.addAll(failed);
    return next;
  }
}
