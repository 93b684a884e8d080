package dev.tidepool.harness;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The browser session that a test, or one after the other several tests, may ask for. */
final class Sessions implements AutoCloseable {
  private final Supplier<BrowserSession> opener;
  private @Nullable BrowserSession session;
  private String user = "";

  Sessions(Supplier<BrowserSession> opener) {
    this.opener = opener;
  }

  /** The session for this test: the same at every call, as good as new at the first. */
  BrowserSession of(String test) {
    BrowserSession opened = session;
    if (opened == null) {
      opened = opener.get();
      session = opened;
    } else if (!user.equals(test)) {
      opened.reset();
    }
    user = test;
    return opened;
  }

  /** The session, when this test asked for it. */
  Optional<BrowserSession> open(String test) {
    return Optional.ofNullable(session).filter(opened -> user.equals(test));
  }

  /** Keeps what a failure of this test shows; the next test gets a new session. */
  void keepAndClose(FailureFolder folder, String test) throws IOException {
    Optional<BrowserSession> its = open(test);
    if (its.isPresent()) {
      try {
        its.get().keep(folder);
      } finally {
        close();
      }
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
