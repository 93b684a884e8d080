package dev.tidepool.nodepack;

import java.util.Optional;

/**
 * A pack as the registry describes it ({@code GET /nodes/ID}).
 *
 * @param id safe as the name of a folder
 * @param name what people call it, unchecked
 * @param latest the newest version that is published
 * @param banned why the registry does not want it used any more, such as {@code banned}
 */
public record RegistryPack(
    String id,
    String name,
    Optional<String> repository,
    Optional<String> latest,
    Optional<String> banned) {}
