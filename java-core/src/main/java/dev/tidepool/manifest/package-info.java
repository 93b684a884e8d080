/**
 * What an environment consists of, as its {@code .cec/pyproject.toml} says: {@link
 * dev.tidepool.manifest.Manifest} reads and changes that file, {@link
 * dev.tidepool.manifest.LockFile} tells which Python packages {@code uv.lock} chose.
 */
@NullMarked
package dev.tidepool.manifest;

import org.jspecify.annotations.NullMarked;
