package dev.tidepool.harness;

import java.util.List;

/**
 * The ledger of a whole run. At its end, entries that explained nothing are told; with {@code
 * -Dtidepool.ledger=strict}, for runs of a whole suite, they fail it.
 */
final class RunLedger implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RunLedger.class.getName());

  private final Ledger ledger = Ledger.ofTheRun();

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    List<String> stale = ledger.stale();
    if (stale.isEmpty()) {
      return;
    }
    String message = "entries of the ledger that explained nothing in this run: " + stale;
    if (System.getProperty("tidepool.ledger", "").equals("strict")) {
      throw new AssertionError(message);
    }
    LOG.log(System.Logger.Level.INFO, message);
  }
}
