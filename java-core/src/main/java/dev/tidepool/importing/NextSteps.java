package dev.tidepool.importing;

import dev.tidepool.importing.PlannedModel.State;
import java.util.ArrayList;
import java.util.List;

/** Says what to do after an import about what is not there. */
final class NextSteps {
  private NextSteps() {}

  static List<String> of(ImportPlan plan, List<ArrivedModel> models) {
    List<String> next = new ArrayList<>();
    for (ArrivedModel each : models) {
      if (each.file().isEmpty()) {
        String how =
            each.state() == State.DOWNLOAD
                ? "tidepool models download tries again, or put the file there yourself"
                : "put the file there";
        next.add(
            "The model "
                + each.model().relativePath()
                + " is not here ("
                + each.reason().replaceFirst("\\.$", "")
                + "): "
                + how
                + ", below the models folder.");
      }
    }
    for (PlannedPack each : plan.packs()) {
      if (each.state() == PlannedPack.State.MISSING) {
        next.add(
            "The node pack "
                + each.id()
                + " is not here ("
                + each.reason().replaceFirst("\\.$", "")
                + "): tidepool node add brings it when you know where it is.");
      } else if (each.state() == PlannedPack.State.SKIPPED) {
        next.add("The node pack " + each.id() + " was left out: tidepool node add " + each.id());
      }
    }
    return next;
  }
}
