package dev.tidepool.version;

import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.Workflow;
import dev.tidepool.workflow.WorkflowChange;
import dev.tidepool.workflow.WorkflowDiff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums up what differs between two workflows. */
final class EditsOf {
  private static final int MOST_VALUES = 20;
  private static final int LONGEST = 40;

  private final List<String> nodesAdded = new ArrayList<>();
  private final List<String> nodesRemoved = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private int valueCount;
  private int links;

  private EditsOf() {}

  static WorkflowEdits of(
      Workflow before, WorkflowFacts factsBefore, Workflow after, WorkflowFacts factsAfter) {
    EditsOf edits = new EditsOf();
    boolean comparable = before.format() == after.format();
    if (comparable) {
      WorkflowDiff.of(before, after, false).forEach(edits::add);
    }
    List<String> added = models(factsAfter, factsBefore);
    List<String> removed = models(factsBefore, factsAfter);
    boolean layout =
        comparable
            && edits.nodesAdded.isEmpty()
            && edits.nodesRemoved.isEmpty()
            && edits.valueCount == 0
            && edits.links == 0
            && added.isEmpty()
            && removed.isEmpty();
    return new WorkflowEdits(
        added,
        removed,
        edits.nodesAdded,
        edits.nodesRemoved,
        edits.values,
        edits.valueCount,
        edits.links,
        layout);
  }

  private static List<String> models(WorkflowFacts in, WorkflowFacts butNotIn) {
    Set<String> names = new LinkedHashSet<>();
    in.models().forEach(model -> names.add(model.value()));
    butNotIn.models().forEach(model -> names.remove(model.value()));
    return List.copyOf(names);
  }

  private void add(WorkflowChange change) {
    switch (change.kind()) {
      case NODE, SUBGRAPH -> {
        List<String> list = change.before() == null ? nodesAdded : nodesRemoved;
        String name = change.type().isEmpty() ? change.scope().name() : change.type();
        list.add(name);
      }
      case LINK -> links++;
      case LAYOUT, GROUP -> {}
      default -> {
        valueCount++;
        if (values.size() < MOST_VALUES) {
          values.add(line(change));
        }
      }
    }
  }

  private static String line(WorkflowChange change) {
    String what =
        change.name().isEmpty()
            ? change.kind().name().toLowerCase(java.util.Locale.ROOT)
            : change.name();
    return change.type()
        + " "
        + what
        + ": "
        + shown(change.before())
        + " -> "
        + shown(change.after());
  }

  private static String shown(@Nullable JsonValue value) {
    if (value == null) {
      return "nothing";
    }
    String text =
        switch (value.kind()) {
          case TEXT, NUMBER -> value.text().orElse("");
          case BOOLEAN -> value.isTrue() ? "true" : "false";
          case NULL -> "null";
          case LIST -> "a list";
          case OBJECT -> "an object";
        };
    String line = text.replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
