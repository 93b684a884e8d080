package dev.tidepool.store;

import dev.tidepool.io.StorageFailures;
import java.nio.file.Path;

/** A bundle that came from a store. It stays in the cache until it was used. */
public final class Fetched {
  private final Arrival arrival;

  Fetched(Arrival arrival) {
    this.arrival = arrival;
  }

  /** Where it is. */
  public Path file() {
    return arrival.file();
  }

  /** It was used, or is of no use: it goes. */
  public void remove() {
    StorageFailures.translate(
        "remove " + file(),
        () -> {
          arrival.remove();
          return file();
        });
  }
}
