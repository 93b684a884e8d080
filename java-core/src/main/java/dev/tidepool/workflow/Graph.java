package dev.tidepool.workflow;

import java.util.List;

/**
 * The workflow's own graph, or a subgraph's definition, or a group node's.
 *
 * @param links every link that is whole; in the file's order
 * @param json the object that holds the graph
 */
public record Graph(Scope scope, List<WorkflowNode> nodes, List<Link> links, JsonValue json) {}
