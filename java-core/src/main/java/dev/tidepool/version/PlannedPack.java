package dev.tidepool.version;

import java.util.Optional;

/**
 * A node type of a workflow that comes from a node pack.
 *
 * @param needed what the workflow says of it
 * @param id the key in the manifest of the pack that brings it, as far as that is told
 */
public record PlannedPack(NeededPack needed, Optional<String> id) {}
