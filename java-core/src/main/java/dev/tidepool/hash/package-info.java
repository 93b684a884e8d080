/**
 * Digests of files: BLAKE3, SHA-256, and the quick key under which a model is known. Knows nothing
 * of models; {@link dev.tidepool.hash.FileHasher} is the door, {@link dev.tidepool.hash.Blake3} the
 * digest itself.
 */
@NullMarked
package dev.tidepool.hash;

import org.jspecify.annotations.NullMarked;
