package dev.tidepool.resolution;

/**
 * What a user decided once for one place of a workflow.
 *
 * @param workflow the workflow's file; absolute
 * @param subgraph the id of the subgraph's definition; empty for the workflow itself
 * @param node the node's id
 * @param holder the node that keeps the value instead, such as one instance of the subgraph: the id
 *     of the graph it is in, a slash, and its own; empty where the node itself does
 * @param slot the name of its input
 * @param before the value that stood there, whole
 * @param value what was chosen instead
 * @param key the key of the chosen model's content; empty where the index did not have it
 */
public record Decision(
    String workflow,
    String subgraph,
    String node,
    String holder,
    String slot,
    String before,
    String value,
    String key) {

  /** Whether both are about the same place and value. */
  boolean replaces(Decision other) {
    return isAbout(other) && before.equals(other.before);
  }

  /** Whether both are about the same place, whatever stood there. */
  boolean isAbout(Decision other) {
    return workflow.equals(other.workflow)
        && subgraph.equals(other.subgraph)
        && node.equals(other.node)
        && holder.equals(other.holder)
        && slot.equals(other.slot);
  }
}
