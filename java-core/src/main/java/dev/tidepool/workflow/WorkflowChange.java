package dev.tidepool.workflow;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two workflows.
 *
 * @param scope the graph it is in; where both have it, as the second names it
 * @param node the id of the node, as the second workflow has it where it is in both; empty for what
 *     belongs to no node
 * @param type the node's type; of an instance of a subgraph the subgraph's name
 * @param name what of the node it is: the widget, the input, the property; empty for the whole node
 * @param before what the first has; null when it is new
 * @param after what the second has; null when it is gone
 */
public record WorkflowChange(
    Kind kind,
    Scope scope,
    String node,
    String type,
    String name,
    @Nullable JsonValue before,
    @Nullable JsonValue after) {
  /** What differs. */
  public enum Kind {
    /** A whole subgraph, whose nodes are not listed; or, where both have it, its name. */
    SUBGRAPH,
    /** An input that a subgraph shows to the outside, as {@code name: TYPE}. */
    INPUT,
    /** An output that a subgraph shows to the outside, as {@code name: TYPE}. */
    OUTPUT,
    /** A whole node; its widgets and links are not listed. */
    NODE,
    /** The type of the node with the same id. */
    TYPE,
    TITLE,
    /** Active, muted or bypassed. */
    MODE,
    /** The value of a widget. */
    WIDGET,
    /** Where what comes into an input comes from. */
    LINK,
    /** A setting in the node's {@code properties}. */
    PROPERTY,
    /** A place, a size, a colour, an order, an id. */
    LAYOUT,
    /** A frame around nodes. */
    GROUP
  }
}
