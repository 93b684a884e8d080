package dev.tidepool.manifest;

/**
 * A widget that names a model.
 *
 * @param nodeId of the node in the workflow; inside of subgraphs {@code <subgraph>:<node>}
 * @param widgetIndex its place in {@code widgets_values}, from 0
 * @param widgetValue the model as the workflow named it
 */
public record NodeRef(String nodeId, String nodeType, int widgetIndex, String widgetValue) {}
