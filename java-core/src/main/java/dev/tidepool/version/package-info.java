/**
 * What an environment is like compared with its recorded versions, and the ways between: {@link
 * dev.tidepool.version.Status} tells, {@link dev.tidepool.version.Committing} records, {@link
 * dev.tidepool.version.Rollback} goes back, {@link dev.tidepool.version.VersionDiff} compares two.
 */
@NullMarked
package dev.tidepool.version;

import org.jspecify.annotations.NullMarked;
