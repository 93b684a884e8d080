package dev.tidepool.pool;

import java.util.List;

/**
 * What became of the images offered to a pool.
 *
 * @param added the slots' names, in the order offered
 * @param refused the files that are not in the pool, each with its reason
 */
public record Addition(List<String> added, List<Refusal> refused) {
  /** Copies the lists. */
  public Addition {
    added = List.copyOf(added);
    refused = List.copyOf(refused);
  }
}
