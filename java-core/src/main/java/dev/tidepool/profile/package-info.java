/**
 * Profiles: pools with a name of their own, that can be copied, deleted, brought back, and carried
 * to another machine as a zip archive. {@link dev.tidepool.profile.ProfileStore} is the door.
 */
@NullMarked
package dev.tidepool.profile;

import org.jspecify.annotations.NullMarked;
