/**
 * Which file of this machine a workflow means where it names a model. {@link
 * dev.tidepool.resolution.Ranking} orders the files that come into question and says why each does.
 */
@NullMarked
package dev.tidepool.resolution;

import org.jspecify.annotations.NullMarked;
