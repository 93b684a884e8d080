package dev.tidepool.harness;

import java.util.List;

/**
 * The ledger of a class in all its render modes. What the class declares has to explain something
 * in one of its tests.
 */
record ClassLedger(Class<?> tests, Ledger ledger) implements AutoCloseable {
  @Override
  public void close() {
    List<String> stale = ledger.stale();
    if (!stale.isEmpty()) {
      throw new AssertionError(
          "stale entries of the ledger: no test of "
              + tests.getSimpleName()
              + " had an error that they explain: "
              + stale);
    }
  }
}
