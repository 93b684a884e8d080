package dev.tidepool.origin;

import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The model that is looked for.
 *
 * @param name of its file, for what is said
 * @param size in bytes
 * @param sha256 of the whole file where it is known, 64 hex digits in lower case
 * @param blake3 of the whole file where it is known, 64 hex digits in lower case
 * @param known addresses that somebody gave for it, not checked
 */
public record WantedModel(
    String name, long size, Optional<String> sha256, Optional<String> blake3, List<String> known) {
  /** Copies the list, and has hashes in lower case. */
  public WantedModel {
    sha256 = sha256.map(text -> text.toLowerCase(Locale.ROOT));
    blake3 = blake3.map(text -> text.toLowerCase(Locale.ROOT));
    known = List.copyOf(known);
  }

  /** A model of the index, with the addresses that the index has. */
  public static WantedModel of(IndexedModel model) {
    return new WantedModel(
        model.files().isEmpty() ? model.key() : model.files().get(0).name(),
        model.size(),
        Optional.ofNullable(model.sha256()),
        Optional.ofNullable(model.blake3()),
        model.sources().stream().map(ModelSource::url).toList());
  }
}
