package dev.tidepool.node;

import dev.tidepool.manifest.NodeEntry;
import java.util.List;
import java.util.Optional;

/**
 * A pack that was added or updated.
 *
 * @param id its key in the manifest
 * @param before the version that it had
 * @param requirements the Python packages that it asks for
 * @param notes what a person should know: what was left out, which scripts did not run
 */
public record AddedPack(
    String id,
    NodeEntry entry,
    Optional<String> before,
    List<String> requirements,
    List<String> notes) {
  /** Copies the lists. */
  public AddedPack {
    requirements = List.copyOf(requirements);
    notes = List.copyOf(notes);
  }
}
