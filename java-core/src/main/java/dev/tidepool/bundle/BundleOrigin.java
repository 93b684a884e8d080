package dev.tidepool.bundle;

import java.util.Optional;

/**
 * The environment that a bundle was made of.
 *
 * @param version its newest version then: {@code v3}
 * @param commit of that version
 */
public record BundleOrigin(String name, Optional<String> version, Optional<String> commit) {}
