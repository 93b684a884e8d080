package dev.tidepool.version;

import java.util.List;

/**
 * What changed inside a workflow, in short.
 *
 * @param modelsAdded names of models that it did not load before
 * @param modelsRemoved names of models that it loads no more
 * @param nodesAdded the types of nodes that are new
 * @param nodesRemoved the types of nodes that are gone
 * @param values the widgets and settings that have other values: {@code KSampler seed: 1 -> 2}; the
 *     first ones when there are many
 * @param valueCount how many there are
 * @param links how many links lead elsewhere
 * @param layout whether only places, sizes, colours, order or frames differ
 */
public record WorkflowEdits(
    List<String> modelsAdded,
    List<String> modelsRemoved,
    List<String> nodesAdded,
    List<String> nodesRemoved,
    List<String> values,
    int valueCount,
    int links,
    boolean layout) {
  /** Copies the lists. */
  public WorkflowEdits {
    modelsAdded = List.copyOf(modelsAdded);
    modelsRemoved = List.copyOf(modelsRemoved);
    nodesAdded = List.copyOf(nodesAdded);
    nodesRemoved = List.copyOf(nodesRemoved);
    values = List.copyOf(values);
  }
}
