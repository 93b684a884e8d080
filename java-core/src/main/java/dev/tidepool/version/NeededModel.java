package dev.tidepool.version;

/**
 * A model that a workflow loads.
 *
 * @param type the node's class
 * @param input the name of the node's input
 * @param value what stands in the workflow
 * @param folder the folder that ComfyUI looks into
 * @param active whether its node takes part: neither muted nor bypassed
 */
public record NeededModel(String type, String input, String value, String folder, boolean active) {}
