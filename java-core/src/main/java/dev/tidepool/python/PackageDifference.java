package dev.tidepool.python;

import java.util.Optional;

/**
 * A package of which another version is installed than is locked, or none, or that is not locked.
 *
 * @param name as the lock writes it
 * @param installed the version that is there
 * @param locked the version that should be
 */
public record PackageDifference(String name, Optional<String> installed, Optional<String> locked) {}
