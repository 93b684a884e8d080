package dev.tidepool.version;

/**
 * Where a node type comes from that ComfyUI itself does not have.
 *
 * @param type the node's class
 * @param registryId the pack's id in ComfyUI's registry as the workflow tells it; may be empty
 * @param repository {@code owner/name} on GitHub as the workflow tells it; may be empty
 */
public record NeededPack(String type, String registryId, String repository) {}
