package dev.tidepool.cli;

import dev.tidepool.importing.ArrivedModel;
import dev.tidepool.importing.ImportConflict;
import dev.tidepool.importing.ImportPlan;
import dev.tidepool.importing.ImportReport;
import dev.tidepool.importing.PlannedModel;
import dev.tidepool.importing.PlannedPack;
import java.util.List;

/** Plans and reports of imports for people. */
final class ImportText {
  private ImportText() {}

  static void print(ImportPlan plan, Terminal terminal) {
    line(
        terminal,
        plan.exists()
            ? "Into the environment " + plan.request().name() + ":"
            : "A new environment "
                + plan.request().name()
                + ", with ComfyUI "
                + plan.comfyUi().version()
                + " and Python "
                + plan.python()
                + ":");
    names(terminal, "workflows", plan.workflows());
    for (PlannedPack pack : plan.packs()) {
      String version = pack.entry().version().map(OpenNodes::shortened).orElse("");
      line(
          terminal,
          "  pack   "
              + pack.id()
              + " "
              + version
              + ": "
              + words(pack.state())
              + (pack.reason().isEmpty() ? "" : " (" + pack.reason() + ")"));
    }
    for (PlannedModel model : plan.models()) {
      line(
          terminal,
          "  model  "
              + model.model().relativePath()
              + ", "
              + Sizes.text(model.model().size())
              + ": "
              + words(model.state())
              + model.file().map(file -> ", " + file).orElse(""));
    }
    for (ImportPlan.Substitution each : plan.substitutions()) {
      line(
          terminal, "  " + each.workflow() + ": " + each.after() + " in place of " + each.before());
    }
    names(terminal, "pools", plan.pools().stream().map(pool -> pool.name()).toList());
    for (ImportConflict conflict : plan.conflicts()) {
      line(terminal, "  conflict: " + conflict.message());
    }
    if (plan.downloadBytes() > 0) {
      line(
          terminal,
          "To download: "
              + Sizes.text(plan.downloadBytes())
              + "; free: "
              + Sizes.text(plan.free())
              + ".");
    }
    plan.notes().forEach(note -> terminal.say("warning: " + note));
  }

  static void print(ImportReport report, Terminal terminal) {
    terminal.say(
        "Imported into "
            + report.environment()
            + report.version().map(version -> ", as version " + version).orElse("")
            + ".");
    for (ArrivedModel model : report.models()) {
      model
          .file()
          .ifPresent(
              file ->
                  line(terminal, "  there    " + model.model().relativePath() + " (" + file + ")"));
    }
    report.next().forEach(step -> line(terminal, "  to do    " + step));
    names(terminal, "workflows", report.workflows());
    names(terminal, "pools", report.pools());
    terminal.say("hint: tidepool run -e " + report.environment() + " starts it.");
  }

  private static void names(Terminal terminal, String what, List<String> names) {
    if (!names.isEmpty()) {
      line(terminal, "  " + what + ": " + String.join(", ", names));
    }
  }

  private static void line(Terminal terminal, String text) {
    terminal.out().println(PrintableText.of(text));
  }

  private static String words(PlannedPack.State state) {
    return switch (state) {
      case CACHED -> "from the cache";
      case DOWNLOAD -> "is downloaded";
      case DEVELOPMENT -> "its source is in the bundle";
      case MISSING -> "MISSING";
      case SKIPPED -> "left out";
      case THERE -> "is there already";
    };
  }

  private static String words(PlannedModel.State state) {
    return switch (state) {
      case PRESENT -> "is here";
      case BUNDLED -> "is in the bundle";
      case DOWNLOAD -> "is downloaded";
      case MISSING -> "MISSING";
      case SKIPPED -> "left out";
    };
  }
}
