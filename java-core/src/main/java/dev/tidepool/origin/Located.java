package dev.tidepool.origin;

import java.util.Comparator;
import java.util.List;

/**
 * Where a model can be fetched from, as far as its servers tell.
 *
 * @param addresses those believed, each once, the best proof first
 * @param doubts those not believed, and why
 */
public record Located(List<Address> addresses, List<Doubt> doubts) {
  /** Copies the lists. */
  public Located {
    addresses = addresses.stream().sorted(Comparator.comparing(Address::proof)).toList();
    doubts = List.copyOf(doubts);
  }
}
