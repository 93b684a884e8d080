/**
 * Where a model can be fetched from: CivitAI by the hash of its content, Hugging Face where the
 * repository is known, any other address that is known. {@link dev.tidepool.origin.Origins} is the
 * door; an address is believed only when its server says that it has this model.
 */
@NullMarked
package dev.tidepool.origin;

import org.jspecify.annotations.NullMarked;
