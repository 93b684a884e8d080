/**
 * Node packs outside of any environment: how they are named, the registry that offers them, the
 * archives they come in, the cache that keeps them, and which Python packages they ask for. {@link
 * dev.tidepool.nodepack.Packs} is the door. All that comes from a registry, an archive or a
 * repository counts as hostile until it is checked here.
 */
@NullMarked
package dev.tidepool.nodepack;

import org.jspecify.annotations.NullMarked;
