package dev.tidepool.resolution;

/**
 * What a user decided once for one place of a workflow.
 *
 * @param workflow the workflow's file; absolute
 * @param subgraph the id of the subgraph's definition; empty for the workflow itself
 * @param node the node's id
 * @param slot the name of its input
 * @param file the file name that stood there
 * @param value what was chosen instead
 * @param key the key of the chosen model's content; empty where the index did not have it
 */
public record Decision(
    String workflow,
    String subgraph,
    String node,
    String slot,
    String file,
    String value,
    String key) {

  /** Whether both are about the same place and name. */
  boolean replaces(Decision other) {
    return workflow.equals(other.workflow)
        && subgraph.equals(other.subgraph)
        && node.equals(other.node)
        && slot.equals(other.slot)
        && file.equals(other.file);
  }
}
