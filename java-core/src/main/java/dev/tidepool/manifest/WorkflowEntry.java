package dev.tidepool.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow as {@code [tool.comfydock.workflows.<name>]} describes it.
 *
 * @param path below {@code .cec}: {@code workflows/<name>.json}
 * @param nodes the ids of the node packs that it needs, sorted
 * @param customNodeMap the pack of a node type that someone chose, or {@code false} where the type
 *     may be missing
 */
public record WorkflowEntry(
    String path,
    List<String> nodes,
    List<WorkflowModel> models,
    Map<String, Object> customNodeMap) {
  /** Copies the lists and the map. */
  public WorkflowEntry {
    nodes = List.copyOf(nodes);
    models = List.copyOf(models);
    customNodeMap = Collections.unmodifiableMap(new LinkedHashMap<>(customNodeMap));
  }

  /** A workflow that needs nothing yet. */
  public static WorkflowEntry named(String name) {
    return new WorkflowEntry("workflows/" + name + ".json", List.of(), List.of(), Map.of());
  }
}
