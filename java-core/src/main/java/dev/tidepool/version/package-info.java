/**
 * What an environment is like compared with its versions, and what differs between two of them:
 * {@link dev.tidepool.version.VersionDiff}.
 */
@NullMarked
package dev.tidepool.version;

import org.jspecify.annotations.NullMarked;
