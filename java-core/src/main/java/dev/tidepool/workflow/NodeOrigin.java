package dev.tidepool.workflow;

/**
 * Which pack a node says it comes from, out of its {@code properties}; each part empty when it is
 * not there.
 *
 * @param searchName {@code Node name for S&R}: the node's class
 * @param registryId {@code cnr_id}: the pack's id in ComfyUI's registry, {@code comfy-core} for
 *     ComfyUI itself
 * @param repository {@code aux_id}: {@code owner/name} on GitHub
 * @param version {@code ver}: a version or a commit
 */
public record NodeOrigin(String searchName, String registryId, String repository, String version) {}
