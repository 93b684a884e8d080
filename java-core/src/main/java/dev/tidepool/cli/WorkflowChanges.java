package dev.tidepool.cli;

import dev.tidepool.workflow.JsonValue;
import dev.tidepool.workflow.Scope;
import dev.tidepool.workflow.WorkflowChange;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints the differences between workflows for people: {@code +} new, {@code -} gone, {@code ~}
 * changed.
 */
final class WorkflowChanges {
  private static final int LONGEST = 72;
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final Terminal terminal;
  private final String indent;

  WorkflowChanges(Terminal terminal) {
    this(terminal, "");
  }

  /** Prints each line with this before it. */
  WorkflowChanges(Terminal terminal, String indent) {
    this.terminal = terminal;
    this.indent = indent;
  }

  void print(List<WorkflowChange> changes) {
    Scope scope = Scope.ROOT;
    for (WorkflowChange change : changes) {
      boolean whole = change.kind() == WorkflowChange.Kind.SUBGRAPH;
      if (!whole && !change.scope().equals(scope)) {
        scope = change.scope();
        terminal.out().println(indent + PrintableText.of("in subgraph " + shown(scope) + ":"));
      }
      print(change, indent + (!whole && !scope.isRoot() ? "  " : ""));
    }
  }

  private void print(WorkflowChange change, String before) {
    String sign = change.before() == null ? "+" : change.after() == null ? "-" : "~";
    String line = PrintableText.of(before + sign + " " + what(change));
    String colour = sign.equals("+") ? GREEN : sign.equals("-") ? RED : "";
    boolean coloured = terminal.coloursOut() && !colour.isEmpty();
    terminal.out().println(coloured ? colour + line + PLAIN : line);
  }

  private static String what(WorkflowChange change) {
    return switch (change.kind()) {
      case SUBGRAPH ->
          change.before() == null || change.after() == null
              ? "subgraph " + shown(change.scope())
              : "subgraph " + values(change);
      case INPUT, OUTPUT -> "its " + kind(change) + " " + values(change);
      case NODE -> node(change) + titled(change);
      case GROUP -> "group \"" + change.name() + '"';
      case TYPE -> "node " + change.node() + ": type " + values(change);
      case LINK -> node(change) + ": input " + change.name() + " " + values(change);
      case TITLE, MODE -> node(change) + ": " + kind(change) + " " + values(change);
      case WIDGET -> node(change) + ": " + change.name() + " " + values(change);
      case PROPERTY, LAYOUT ->
          node(change) + ": " + kind(change) + " " + change.name() + " " + values(change);
    };
  }

  private static String kind(WorkflowChange change) {
    return change.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String node(WorkflowChange change) {
    return change.node().isEmpty() ? "subgraph" : change.type() + " " + change.node();
  }

  private static String shown(Scope scope) {
    return '"' + (scope.name().isEmpty() ? scope.id() : scope.name()) + '"';
  }

  private static String titled(WorkflowChange change) {
    @Nullable JsonValue title = change.after() == null ? change.before() : change.after();
    String text = title == null ? "" : title.text().orElse("");
    return text.isEmpty() ? "" : " " + cut('"' + text + '"');
  }

  private static String values(WorkflowChange change) {
    if (change.before() == null || change.after() == null) {
      return value(change.before() == null ? change.after() : change.before());
    }
    return value(change.before()) + " -> " + value(change.after());
  }

  private static String value(@Nullable JsonValue value) {
    return value == null ? "" : cut(JsonValueText.of(value));
  }

  private static String cut(String text) {
    int end = Math.min(text.length(), LONGEST);
    return end == text.length() ? text : text.substring(0, end) + "…";
  }
}
