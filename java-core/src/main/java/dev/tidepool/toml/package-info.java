/**
 * Reads and changes TOML files, above all an environment's {@code pyproject.toml}: {@link
 * dev.tidepool.toml.TomlDocument} changes single values and keeps every other byte. {@link
 * dev.tidepool.toml.Toml} says how a new value is laid out.
 */
@NullMarked
package dev.tidepool.toml;

import org.jspecify.annotations.NullMarked;
