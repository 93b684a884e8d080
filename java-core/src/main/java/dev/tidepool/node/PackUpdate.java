package dev.tidepool.node;

import java.util.Optional;

/**
 * What an update of a pack would change.
 *
 * @param id its key in the manifest
 * @param from the version or commit that it has
 * @param to the one that it would get; nothing when it is the newest already, or cannot be asked
 *     for
 * @param reason why it cannot be told
 */
public record PackUpdate(
    String id, String name, Optional<String> from, Optional<String> to, Optional<String> reason) {}
