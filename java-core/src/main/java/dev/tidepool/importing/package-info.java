/**
 * Makes of a bundle an environment, or adds it to one: first a plan, then everything or nothing.
 * {@link dev.tidepool.importing.Importing} is the door. Nothing of a bundle is believed that was
 * not checked, and nothing of it is run.
 */
@NullMarked
package dev.tidepool.importing;

import org.jspecify.annotations.NullMarked;
