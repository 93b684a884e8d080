package dev.tidepool.bundle;

import dev.tidepool.manifest.NodeSource;
import java.util.Optional;

/**
 * A node pack that a bundle asks for.
 *
 * @param id its key in the environment's manifest, which is the registry's id of such a pack
 * @param name its folder in {@code custom_nodes}
 * @param version of the registry; {@code dev} of one that somebody works on
 * @param repository the address of the git repository
 * @param commit of the repository
 * @param downloadUrl of the registry's archive
 * @param member the folder in the bundle that holds its source: {@code dev_nodes/<name>}
 */
public record BundledPack(
    String id,
    String name,
    NodeSource source,
    Optional<String> version,
    Optional<String> repository,
    Optional<String> commit,
    Optional<String> downloadUrl,
    Optional<String> member) {}
