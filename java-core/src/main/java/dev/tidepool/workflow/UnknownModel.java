package dev.tidepool.workflow;

/**
 * A value that looks like a model file, in a node of a type that nothing is known of.
 *
 * @param widget the widget's name, or its position; empty where neither is known
 * @param value the value, or a text within it
 * @param mode whether the node takes part
 */
public record UnknownModel(WorkflowNode node, String widget, String value, NodeMode mode) {}
