package dev.tidepool.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A second place that keeps the value of a node's widget. Where it is not {@code linked}, the copy
 * decides when the workflow runs, and the widget's own value does not.
 *
 * @param holder the node that keeps the copy: an instance of a subgraph or of a group node on which
 *     the widget is shown, or a {@code PrimitiveNode} that feeds it
 * @param value the copy; the same as the widget's own value, or another one
 * @param linked whether another node's output decides instead of the copy
 * @param target the node that the widget belongs to: never an instance of a subgraph
 * @param name the name of the widget; empty where the file does not tell it
 * @param widget the widget of that node; null where the file does not tell which one it is
 */
public record WidgetCopy(
    WorkflowNode holder,
    JsonValue value,
    boolean linked,
    WorkflowNode target,
    String name,
    @Nullable Widget widget) {}
