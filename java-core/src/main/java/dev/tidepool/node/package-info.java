/**
 * The node packs of one environment: added, removed, updated, listed. {@link
 * dev.tidepool.node.NodePacks} is the door. What a user made is never deleted: it goes to the
 * environment's trash.
 */
@NullMarked
package dev.tidepool.node;

import org.jspecify.annotations.NullMarked;
