/**
 * Files that survive a crash: atomic writes, locks between processes, safe ids and paths, copies
 * and deletions of whole folders. Knows no pool and no profile.
 */
@NullMarked
package dev.tidepool.io;

import org.jspecify.annotations.NullMarked;
