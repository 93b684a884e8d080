package dev.tidepool.cli;

import dev.tidepool.bundle.BundleWriter;
import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.exporting.Exported;
import dev.tidepool.io.StorageFailures;
import dev.tidepool.io.WorkFolder;
import dev.tidepool.store.Pushed;
import dev.tidepool.store.StoreAddress;
import dev.tidepool.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where an export sends its bundles.
 *
 * @param replaces whether what is there is replaced
 */
record BundlePush(Stores stores, StoreAddress address, boolean replaces, Terminal terminal) {
  static final String OPTION = "--push";

  /** What {@code --push} says, which is looked at before anything is exported. */
  static Optional<BundlePush> of(
      Arguments arguments, boolean several, boolean replaces, Terminal terminal) {
    return arguments
        .option(OPTION)
        .map(
            text -> {
              StoreAddress address = StoreAddress.parse(text);
              if (several && !address.isFolder()) {
                throw new TidepoolException(
                    ErrorKind.USAGE,
                    "usage",
                    "Several bundles cannot all be " + address.shown() + ".",
                    "End the address with a slash: each bundle gets its own name there.");
              }
              Stores stores = OpenStores.of(arguments, terminal);
              stores.require(address);
              return new BundlePush(stores, address, replaces, terminal);
            });
  }

  /** Sends a bundle. */
  Pushed send(Path bundle) {
    return OpenStores.work(
        terminal, "sent", steps -> stores.push(address, bundle, replaces, steps));
  }

  /**
   * Exports where a push broke off before: the bundle that is there is taken when it is the same.
   *
   * @param export writes to where it is told
   * @throws TidepoolException {@code bundle-exists} when it is another one
   */
  static Exported again(Path target, Function<Path, Exported> export) {
    Path parent = target.toAbsolutePath().resolveSibling("");
    return StorageFailures.translate(
        "write into " + parent,
        () -> {
          try (WorkFolder work = WorkFolder.in(parent)) {
            Path again = work.path().resolve("again");
            Exported made = export.apply(again);
            BundleWriter.requireFree(target, Files.mismatch(again, target) < 0);
            return made.at(target);
          }
        });
  }
}
