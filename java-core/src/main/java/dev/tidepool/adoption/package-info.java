/**
 * Installations that exist already become environments: a ComfyUI that somebody set up by hand, and
 * a workspace of ComfyDock. {@link dev.tidepool.adoption.Adoption} and {@link
 * dev.tidepool.adoption.Migration} are the doors; both first say what they would do.
 */
@NullMarked
package dev.tidepool.adoption;

import org.jspecify.annotations.NullMarked;
