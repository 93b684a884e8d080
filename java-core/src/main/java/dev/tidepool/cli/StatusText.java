package dev.tidepool.cli;

import dev.tidepool.python.PackageDifference;
import dev.tidepool.version.NeededModel;
import dev.tidepool.version.NeededPack;
import dev.tidepool.version.PackState;
import dev.tidepool.version.PackStatus;
import dev.tidepool.version.PythonStatus;
import dev.tidepool.version.Status;
import dev.tidepool.version.SyncState;
import dev.tidepool.version.TrackedWorkflow;
import dev.tidepool.version.WorkflowEdits;
import dev.tidepool.version.WorkflowStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints the status of an environment for people. */
final class StatusText {
  /** What stands in front of a workflow of each state. */
  static final Map<SyncState, String> MARKS =
      Map.of(
          SyncState.NEW, "+",
          SyncState.MODIFIED, "~",
          SyncState.DELETED, "-",
          SyncState.SYNCED, "=");

  private static final int MOST_VALUES = 5;
  private static final int MOST_PACKAGES = 5;
  private static final int SHORT_HASH = 7;

  private final Terminal terminal;
  private final boolean all;

  /**
   * Prints to this terminal.
   *
   * @param all whether also what is as it should be, and lists to their end
   */
  StatusText(Terminal terminal, boolean all) {
    this.terminal = terminal;
    this.all = all;
  }

  /**
   * Prints it.
   *
   * @param waiting how many models of the workspace wait to be downloaded
   */
  void print(Status status, int waiting) {
    line(
        0,
        status.environment()
            + status.version().map(version -> " at " + version).orElse(", no version yet"));
    status.manifest().ifPresent(problem -> line(0, "! " + problem.message()));
    workflows(status.workflows());
    packs(status.packs());
    python(status.python());
    if (!status.uncommitted().isEmpty()) {
      line(0, "Recorded, but in no version yet:");
      status.uncommitted().forEach(file -> line(1, file.kind() + " " + file.path()));
    }
    if (waiting > 0) {
      line(
          0,
          "Downloads: "
              + (waiting == 1
                  ? "1 model of the workspace waits"
                  : waiting + " models of the workspace wait")
              + "; tidepool models download gets "
              + (waiting == 1 ? "it" : "them"));
    }
    conclusion(status);
  }

  private void workflows(List<WorkflowStatus> workflows) {
    line(0, workflows.isEmpty() ? "Workflows: none" : "Workflows: " + counts(workflows));
    for (WorkflowStatus one : workflows) {
      TrackedWorkflow workflow = one.workflow();
      boolean fine =
          workflow.state() == SyncState.SYNCED
              && workflow.problem().isEmpty()
              && one.missing().isEmpty()
              && one.wrongPaths() == 0
              && one.missingPacks().isEmpty();
      if (fine && !all) {
        continue;
      }
      if (workflow.problem().isPresent()) {
        line(1, "! " + workflow.name() + " is left out");
        line(3, workflow.problem().get().message());
        continue;
      }
      line(1, MARKS.get(workflow.state()) + " " + workflow.name());
      workflow.edits().ifPresent(this::edits);
      needs(one);
    }
  }

  private static String counts(List<WorkflowStatus> workflows) {
    List<String> counts = new ArrayList<>();
    for (SyncState state : SyncState.values()) {
      long count =
          workflows.stream()
              .filter(one -> one.workflow().problem().isEmpty())
              .filter(one -> one.workflow().state() == state)
              .count();
      if (count > 0) {
        counts.add(count + " " + state.code());
      }
    }
    long invalid = workflows.stream().filter(one -> one.workflow().problem().isPresent()).count();
    if (invalid > 0) {
      counts.add(invalid + " left out");
    }
    return String.join(", ", counts);
  }

  private void edits(WorkflowEdits edits) {
    if (edits.layout()) {
      line(3, "only the layout");
    }
    changes("models", edits.modelsAdded(), edits.modelsRemoved());
    changes("nodes", edits.nodesAdded(), edits.nodesRemoved());
    List<String> values = edits.values();
    int shown = all ? values.size() : Math.min(MOST_VALUES, values.size());
    values.subList(0, shown).forEach(value -> line(3, value));
    if (edits.valueCount() > shown) {
      line(3, "and " + (edits.valueCount() - shown) + " more values");
    }
    if (edits.links() > 0) {
      line(3, edits.links() == 1 ? "1 link" : edits.links() + " links");
    }
  }

  private void changes(String what, List<String> added, List<String> removed) {
    List<String> parts = new ArrayList<>();
    added.forEach(one -> parts.add("+ " + one));
    removed.forEach(one -> parts.add("- " + one));
    if (!parts.isEmpty()) {
      line(3, what + ": " + String.join(", ", parts));
    }
  }

  private void needs(WorkflowStatus workflow) {
    for (NeededModel model : workflow.missing()) {
      line(3, "not found: " + model.value() + " in " + model.folder() + ", for " + model.type());
    }
    if (workflow.wrongPaths() > 0) {
      line(3, "a commit puts right " + workflow.wrongPaths() + " paths of models");
    }
    Set<String> packs = new LinkedHashSet<>();
    for (NeededPack pack : workflow.missingPacks()) {
      String from =
          !pack.registryId().isEmpty()
              ? pack.registryId()
              : !pack.repository().isEmpty() ? pack.repository() : "unknown pack";
      packs.add(pack.type() + " (" + from + ")");
    }
    if (!packs.isEmpty()) {
      line(3, "no pack has: " + String.join(", ", packs));
    }
  }

  private void packs(List<PackStatus> packs) {
    if (packs.isEmpty()) {
      line(0, "Node packs: none");
      return;
    }
    long fine = packs.stream().filter(PackStatus::isFine).count();
    line(0, "Node packs: " + fine + " as recorded" + (fine == packs.size() ? "" : ", but"));
    for (PackStatus pack : packs) {
      boolean development = pack.source().equals("development");
      if (all || !pack.isFine() || development) {
        line(1, mark(pack.state()) + " " + pack.folder() + ": " + said(pack));
      }
    }
  }

  private static String mark(PackState state) {
    return switch (state) {
      case INSTALLED -> "=";
      case CHANGED, DRIFTED -> "~";
      case UNTRACKED -> "+";
      case MISSING, DISABLED -> "!";
    };
  }

  private static String said(PackStatus pack) {
    String at = pack.git().map(git -> " at " + git.text()).orElse("");
    return switch (pack.state()) {
      case INSTALLED -> pack.source() + (at.isEmpty() ? " " + pack.recorded() : at);
      case CHANGED -> "development" + at + ", recorded at " + shortened(pack.recorded());
      case DRIFTED ->
          "at " + shortened(pack.found()) + ", recorded at " + shortened(pack.recorded());
      case UNTRACKED -> "not recorded; tidepool node add records it";
      case MISSING -> "missing; recorded at " + shortened(pack.recorded());
      case DISABLED -> "disabled";
    };
  }

  private static String shortened(String version) {
    boolean hash = version.length() == 40;
    return version.isEmpty() ? "nothing" : hash ? version.substring(0, SHORT_HASH) : version;
  }

  private void python(PythonStatus python) {
    String version = python.version().isEmpty() ? "Python" : "Python " + python.version();
    if (python.isFine()) {
      line(0, version + ": packages as locked");
      return;
    }
    if (python.problem().isPresent()) {
      line(0, version + ": " + python.problem().get().message());
    } else if (python.outdated()) {
      line(0, version + ": the lock does not fit pyproject.toml; a commit locks anew");
    }
    List<PackageDifference> packages = python.packages();
    if (!packages.isEmpty()) {
      line(0, version + ": " + packages.size() + " packages are not as locked");
    }
    int shown = all ? packages.size() : Math.min(MOST_PACKAGES, packages.size());
    for (PackageDifference one : packages.subList(0, shown)) {
      String locked = one.locked().map(wanted -> "locked at " + wanted).orElse("not locked");
      String there = one.installed().orElse("missing");
      line(1, one.name() + ": " + there + ", " + locked);
    }
    if (packages.size() > shown) {
      line(1, "and " + (packages.size() - shown) + " more");
    }
  }

  private void conclusion(Status status) {
    List<String> reasons = status.reasons();
    if (!status.hasChanges()) {
      line(0, "Nothing to commit.");
    } else if (reasons.isEmpty()) {
      line(0, "Ready to commit: tidepool commit -m MESSAGE");
    } else {
      line(0, "A commit is possible, but " + String.join(", ", reasons) + ".");
    }
    if (status.workflows().stream().anyMatch(one -> !one.missing().isEmpty())) {
      line(0, "hint: tidepool commit looks for missing models and asks; tidepool models index DIR");
      line(0, "      lets it find them by their content.");
    }
  }

  private void line(int indent, String text) {
    terminal.out().println("  ".repeat(indent) + PrintableText.of(text));
  }
}
