package dev.tidepool.importing;

import dev.tidepool.bundle.BundledModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done about one model.
 *
 * @param file where it is, when it is here already
 * @param addresses where it is downloaded; those that may be asked
 * @param refused addresses that may not be asked, with the reason
 */
public record PlannedModel(
    BundledModel model,
    State state,
    Optional<Path> file,
    List<URI> addresses,
    List<String> refused) {
  /** Copies the lists. */
  public PlannedModel {
    addresses = List.copyOf(addresses);
    refused = List.copyOf(refused);
  }

  /** How a model is had. */
  public enum State {
    /** A file of this machine has the same content. */
    PRESENT,
    /** It is in the bundle. */
    BUNDLED,
    /** It is downloaded. */
    DOWNLOAD,
    /** It is nowhere to be had. */
    MISSING,
    /** It could be had, and stays away as was asked for. */
    SKIPPED;

    /** A stable name for programs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
