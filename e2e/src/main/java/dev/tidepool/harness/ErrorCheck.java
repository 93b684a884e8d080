package dev.tidepool.harness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The look at console and log after a test.
 *
 * @param ledger what the test expects
 * @param log the log of its server
 * @param session its browser, when it asked for one
 */
record ErrorCheck(Ledger ledger, LogWatch log, Optional<BrowserSession> session) {
  /** How long an expected error may be on its way when the test is over. */
  private static final Duration LATE = Duration.ofSeconds(5);

  /** Fails when there are errors that nobody expected, or entries that explain nothing. */
  void demandNoErrors() {
    session.ifPresent(
        open -> open.console().takeExpected().forEach(it -> ledger.expect(ErrorPlace.PAGE, it)));
    ledger.demandExplained(errors());
    if (!ledger.stale().isEmpty()) {
      Patience.until(
          "errors that these entries of the ledger explain, which else are stale: "
              + ledger.stale(),
          LATE,
          this::nothingIsStale);
    }
  }

  private boolean nothingIsStale() {
    ledger.demandExplained(errors());
    return ledger.stale().isEmpty();
  }

  private Map<ErrorPlace, List<String>> errors() {
    List<String> printed = session.map(BrowserSession::errors).orElse(List.of());
    return Map.of(ErrorPlace.PAGE, printed, ErrorPlace.SERVER, log.complaints());
  }
}
