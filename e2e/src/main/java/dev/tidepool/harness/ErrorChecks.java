package dev.tidepool.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The ledgers and logs of a run, kept in JUnit's stores: of the run, of a class, of a test. */
final class ErrorChecks {
  private static final Namespace NAMESPACE = Namespace.create(ErrorChecks.class);

  private ErrorChecks() {}

  /** The look at console and log that ends a test. */
  static ErrorCheck of(ExtensionContext test, ComfyUi server, Optional<BrowserSession> session) {
    return new ErrorCheck(ledger(test), log(test, server), session);
  }

  /** The ledger of a test: the same at every call. */
  static Ledger ledger(ExtensionContext test) {
    return test.getStore(NAMESPACE)
        .computeIfAbsent(
            test.getUniqueId(),
            key -> ofClass(test).forPart(test.getRequiredTestMethod()),
            Ledger.class);
  }

  /** Kept where all render modes of the class have it in common. */
  private static Ledger ofClass(ExtensionContext test) {
    Class<?> tests = test.getRequiredTestClass();
    ExtensionContext place = test;
    for (Optional<ExtensionContext> outer = place.getParent();
        outer.flatMap(ExtensionContext::getTestClass).filter(tests::equals).isPresent();
        outer = place.getParent()) {
      place = outer.get();
    }
    RunLedger run =
        test.getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(RunLedger.class, key -> new RunLedger(), RunLedger.class);
    return place
        .getStore(NAMESPACE)
        .computeIfAbsent(
            ClassLedger.class,
            key -> new ClassLedger(tests, run.ledger().forPart(tests)),
            ClassLedger.class)
        .ledger();
  }

  /** The watch over a server's log: one for the whole run. */
  static LogWatch log(ExtensionContext test, ComfyUi server) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            server.log(), log -> new LogWatch(server.log(), notOurs(server)), LogWatch.class);
  }

  private static long notOurs(ComfyUi server) {
    try {
      boolean before = server instanceof RunningComfyUi && Files.exists(server.log());
      return before ? Files.size(server.log()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
