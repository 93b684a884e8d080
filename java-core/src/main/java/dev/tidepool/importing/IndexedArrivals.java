package dev.tidepool.importing;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.importing.PlannedModel.State;
import dev.tidepool.io.Steps;
import dev.tidepool.model.ModelIndex;
import dev.tidepool.model.SourceUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the index of models that came, and where they can be had. What arrived is there all the
 * same when the index cannot be written.
 */
final class IndexedArrivals {
  private final Map<Path, Arrival> arrivals = new LinkedHashMap<>();

  private record Arrival(Optional<FileDigest> digest, List<String> addresses) {}

  /** Those of an import. */
  static IndexedArrivals of(List<ArrivedModel> models) {
    IndexedArrivals arrivals = new IndexedArrivals();
    for (ArrivedModel each : models) {
      // Of a file that was here nobody read the whole.
      boolean came = each.state() != State.PRESENT && !each.model().blake3().isEmpty();
      each.file()
          .ifPresent(
              file ->
                  arrivals.add(
                      file,
                      came
                          ? Optional.of(
                              new FileDigest(
                                  each.model().size(),
                                  each.model().blake3(),
                                  each.model().sha256()))
                          : Optional.empty(),
                      came ? each.model().sources() : List.of()));
    }
    return arrivals;
  }

  /**
   * Adds a file.
   *
   * @param digest of its whole content, when that was read
   * @param addresses where it came from, or can be had; those with a secret are left out
   */
  void add(Path file, Optional<FileDigest> digest, List<String> addresses) {
    arrivals.put(file, new Arrival(digest, addresses));
  }

  /** The same of a download. */
  void add(Path file, FileDigest digest, List<URI> addresses) {
    add(file, Optional.of(digest), addresses.stream().map(URI::toString).toList());
  }

  /** Writes the index. */
  void tell(Path database, Clock clock, Path models, Steps steps) {
    if (arrivals.isEmpty()) {
      return;
    }
    try (ModelIndex index = ModelIndex.open(database, clock)) {
      Map<Path, String> keys = index.enter(models, arrivals.keySet(), steps);
      keys.forEach((file, key) -> tell(index, file, key));
    } catch (TidepoolException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e;
      }
      steps.note("the index does not know the models that came: " + e.text());
    }
  }

  private void tell(ModelIndex index, Path file, String key) {
    @Nullable Arrival arrival = arrivals.get(file);
    if (arrival == null) {
      return;
    }
    arrival.digest().ifPresent(digest -> index.storeDigest(key, digest));
    for (String address : arrival.addresses()) {
      if (SourceUrl.isFit(address)) {
        index.addSource(key, address);
      }
    }
  }
}
