package dev.tidepool.exporting;

import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.version.OpenModel;
import java.nio.file.Path;
import java.util.List;

/**
 * What an export made.
 *
 * @param size of the bundle in bytes
 * @param open models whose files are not known: the bundle names them in its workflows only
 * @param unfetchable the paths of models that are neither in the bundle nor have an address
 * @param unknownTypes node types that come from no recorded pack, with the folder they come from
 *     where it is known
 * @param leftOut files that are no workflows, and why
 * @param notes what else whoever sends the bundle has to know
 */
public record Exported(
    Path file,
    long size,
    BundleManifest manifest,
    List<OpenModel> open,
    List<String> unfetchable,
    List<String> unknownTypes,
    List<String> leftOut,
    List<String> notes) {
  /** Copies the lists. */
  public Exported {
    open = List.copyOf(open);
    unfetchable = List.copyOf(unfetchable);
    unknownTypes = List.copyOf(unknownTypes);
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
  }

  /** The same, of a file with the same bytes. */
  public Exported at(Path other) {
    return new Exported(other, size, manifest, open, unfetchable, unknownTypes, leftOut, notes);
  }
}
