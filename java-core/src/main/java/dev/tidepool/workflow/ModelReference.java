package dev.tidepool.workflow;

import dev.tidepool.loader.LoaderSlot;
import java.util.Optional;

/**
 * One model that ComfyUI loads when it runs a workflow.
 *
 * @param node the node that loads it; never an instance of a subgraph
 * @param slot the node's input that names it
 * @param value the name, as it stands in the file
 * @param folder the folder that ComfyUI looks into for this value
 * @param place where the deciding value stands in the file
 * @param holder the node that keeps the deciding value instead: an instance of a subgraph, or a
 *     {@code PrimitiveNode}
 * @param mode whether it takes part: that of the node, or of an instance around it
 * @param declared what the workflow says of the model's origin
 */
public record ModelReference(
    WorkflowNode node,
    LoaderSlot slot,
    String value,
    String folder,
    JsonValue place,
    Optional<WorkflowNode> holder,
    NodeMode mode,
    Optional<DeclaredModel> declared) {}
