package dev.tidepool.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which graphs of two workflows are the same graph: those with one id, then those that alone have
 * their name.
 */
final class GraphPairs {
  private final Matching<Graph> matching;
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  private GraphPairs(Matching<Graph> matching) {
    this.matching = matching;
    for (Matching.Pair<Graph> pair : matching.both()) {
      types.put(pair.before().scope().id(), pair.after().scope().id());
    }
  }

  static GraphPairs of(Workflow before, Workflow after) {
    Matching<Graph> matching = new Matching<>(before.graphs(), after.graphs());
    matching.match(graph -> "id " + graph.scope().id());
    matching.matchAlone(graph -> graph.scope().name());
    GraphPairs pairs = new GraphPairs(matching);
    for (Workflow workflow : List.of(before, after)) {
      for (Graph graph : workflow.graphs()) {
        pairs.names.put(graph.scope().id(), graph.scope().name());
      }
    }
    return pairs;
  }

  List<Matching.Pair<Graph>> both() {
    return matching.both();
  }

  List<Graph> removed() {
    return new ArrayList<>(matching.removed());
  }

  List<Graph> added() {
    return new ArrayList<>(matching.added());
  }

  /** The type of a node of the first workflow as the second one calls it. */
  String typeAfter(String type) {
    String id = Scope.idOf(type);
    return id.isEmpty() ? type : types.getOrDefault(id, type);
  }

  /** What people call a type. */
  String shown(String type) {
    String name = names.getOrDefault(Scope.idOf(type), "");
    return name.isEmpty() ? type : name;
  }
}
