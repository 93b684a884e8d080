/**
 * Bundles: an environment, or what a few workflows need of it, in one file that arrives elsewhere
 * as it left. {@link dev.tidepool.bundle.BundleWriter} writes one, {@link
 * dev.tidepool.bundle.Bundle} reads one that anybody may have made. The format is described in
 * docs/reference/bundle-format.md.
 */
@NullMarked
package dev.tidepool.bundle;

import org.jspecify.annotations.NullMarked;
