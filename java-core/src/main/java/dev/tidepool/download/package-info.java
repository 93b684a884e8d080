/**
 * Downloads large files: several at a time, going on after a break, checked before they take their
 * name. {@link dev.tidepool.download.Downloads} is the door.
 */
@NullMarked
package dev.tidepool.download;

import org.jspecify.annotations.NullMarked;
