package dev.tidepool.workflow;

/**
 * A link from an output of one node to an input of another, in one graph.
 *
 * @param origin the node it comes from; {@code -10} for the subgraph's own inputs
 * @param originSlot the position of the output
 * @param target the node it goes to; {@code -20} for the subgraph's own outputs
 * @param targetSlot the position of the input; in the API's format the input's name
 */
public record Link(String id, String origin, String originSlot, String target, String targetSlot) {
  static final String SUBGRAPH_INPUTS = "-10";
  static final String SUBGRAPH_OUTPUTS = "-20";
}
