package dev.tidepool.bridge;

import dev.tidepool.io.StoreLocks;
import dev.tidepool.profile.ProfileStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One store per base folder, all under the same locks. Safe for use by any number of threads. */
final class Stores {
  private final Clock clock;
  private final StoreLocks locks = new StoreLocks();
  private final Map<Path, ProfileStore> stores = new ConcurrentHashMap<>();

  Stores(Clock clock) {
    this.clock = clock;
  }

  /** The store that the argument {@code base} names: an absolute path. */
  ProfileStore of(Arguments arguments) {
    return stores.computeIfAbsent(
        arguments.path("base"), base -> new ProfileStore(base, clock, locks));
  }
}
