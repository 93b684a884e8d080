/**
 * Stores for bundles: plain web servers that take {@code PUT}, and S3 and what speaks like it.
 * {@link dev.tidepool.store.Stores} is the door.
 */
@NullMarked
package dev.tidepool.store;

import org.jspecify.annotations.NullMarked;
