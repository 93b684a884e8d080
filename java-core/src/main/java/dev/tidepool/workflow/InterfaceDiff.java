package dev.tidepool.workflow;

import dev.tidepool.workflow.WorkflowChange.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a subgraph shows to the outside: its name, its inputs, its outputs. */
final class InterfaceDiff {
  private final Graph before;
  private final Graph after;
  private final List<WorkflowChange> changes = new ArrayList<>();

  private InterfaceDiff(Matching.Pair<Graph> pair) {
    this.before = pair.before();
    this.after = pair.after();
  }

  static List<WorkflowChange> of(Matching.Pair<Graph> pair) {
    InterfaceDiff diff = new InterfaceDiff(pair);
    if (!diff.after.scope().isRoot()) {
      String old = diff.before.scope().name();
      String now = diff.after.scope().name();
      if (!old.equals(now)) {
        diff.add(Kind.SUBGRAPH, "", JsonValue.ofText(old), JsonValue.ofText(now));
      }
      diff.sockets(Kind.INPUT, "inputs");
      diff.sockets(Kind.OUTPUT, "outputs");
    }
    return diff.changes;
  }

  /** Ids survive renaming, and differ where a subgraph was made anew. */
  private void sockets(Kind kind, String field) {
    Matching<JsonValue> sockets =
        new Matching<>(before.json().list(field), after.json().list(field));
    sockets.match(socket -> socket.text("id"));
    sockets.match(socket -> socket.text("name"));
    sockets.removed().forEach(gone -> add(kind, name(gone), shown(gone), null));
    sockets.added().forEach(fresh -> add(kind, name(fresh), null, shown(fresh)));
    for (Matching.Pair<JsonValue> both : sockets.both()) {
      JsonValue was = shown(both.before());
      JsonValue is = shown(both.after());
      if (!JsonSame.test(was, is)) {
        add(kind, name(both.after()), was, is);
      }
    }
  }

  private static JsonValue shown(JsonValue socket) {
    return JsonValue.ofText(name(socket) + ": " + socket.text("type"));
  }

  /** What people see: the label, where they gave one. */
  private static String name(JsonValue socket) {
    String label = socket.text("label");
    return label.isEmpty() ? socket.text("name") : label;
  }

  private void add(Kind kind, String name, @Nullable JsonValue was, @Nullable JsonValue is) {
    changes.add(new WorkflowChange(kind, after.scope(), "", "", name, was, is));
  }
}
