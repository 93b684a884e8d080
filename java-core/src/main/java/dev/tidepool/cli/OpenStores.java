package dev.tidepool.cli;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.http.Pauses;
import dev.tidepool.io.Steps;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.store.Fetched;
import dev.tidepool.store.StoreAddress;
import dev.tidepool.store.Stores;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The stores for bundles, as commands reach them. */
final class OpenStores {
  private OpenStores() {}

  /** The stores, with the tokens and keys of the environment. */
  static Stores of(Arguments arguments, Terminal terminal) {
    return new Stores(
        terminal.environment(),
        Home.of(arguments, terminal).workspace().cache(),
        arguments.has(OpenImport.PRIVATE),
        Stores.usual(),
        Pauses.real(),
        new StoreLocks(),
        terminal.clock());
  }

  /**
   * Sends or fetches.
   *
   * @param doing what is stopped when the user stops it: {@code sent}
   */
  static <T> T work(Terminal terminal, String doing, Function<Steps, T> work) {
    try (StepReport steps = new StepReport(terminal)) {
      return work.apply(steps);
    } catch (RuntimeException e) {
      boolean says = e instanceof TidepoolException told && !told.hints().isEmpty();
      throw terminal.interruption().requested() && !says ? stopped(doing) : e;
    }
  }

  private static TidepoolException stopped(String doing) {
    return new TidepoolException(
        ErrorKind.STOPPED,
        "stopped",
        "Stopped before the bundle was " + doing + ".",
        "The same command goes on from where it stopped.");
  }

  /**
   * Does something with a bundle that is a file, or is fetched from a store first.
   *
   * @param uses whether a fetched one has served its purpose once that is done
   */
  static int with(
      String bundle,
      boolean uses,
      Arguments arguments,
      Terminal terminal,
      ToIntFunction<Path> work) {
    if (!StoreAddress.isOne(bundle)) {
      return work.applyAsInt(terminal.path(bundle));
    }
    StoreAddress address = StoreAddress.parse(bundle);
    Stores stores = of(arguments, terminal);
    return stores.alone(address, () -> with(address, stores, uses, terminal, work));
  }

  private static int with(
      StoreAddress address,
      Stores stores,
      boolean uses,
      Terminal terminal,
      ToIntFunction<Path> work) {
    Fetched fetched = work(terminal, "fetched", steps -> stores.fetch(address, steps));
    try {
      int code = work.applyAsInt(fetched.file());
      if (uses && code == ExitCode.DONE) {
        fetched.remove();
      }
      return code;
    } catch (TidepoolException e) {
      // What is no bundle will be none the next time.
      if (e.kind() == ErrorKind.MALFORMED || e.kind() == ErrorKind.UNSUPPORTED) {
        fetched.remove();
      }
      throw e;
    }
  }
}
