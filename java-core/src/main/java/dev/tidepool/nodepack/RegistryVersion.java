package dev.tidepool.nodepack;

import java.net.URI;
import java.util.Optional;

/**
 * One version of a pack as the registry describes it ({@code GET /nodes/ID/install}).
 *
 * @param download where its archive is; nothing when the registry has none
 * @param warning what the registry says against it, such as {@code deprecated}
 */
public record RegistryVersion(String version, Optional<URI> download, Optional<String> warning) {}
