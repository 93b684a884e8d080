package dev.tidepool.adoption;

import dev.tidepool.manifest.NodeEntry;
import java.util.List;
import java.util.Optional;

/**
 * A node pack of an installation, and what becomes of it.
 *
 * @param folder its name in {@code custom_nodes}
 * @param entry how the manifest will list it; nothing for one that is not listed
 * @param requirements the Python packages that it asks for
 * @param why what speaks for that, for people
 */
public record AdoptedPack(
    String folder, Optional<NodeEntry> entry, List<String> requirements, String why) {
  /** Copies the list. */
  public AdoptedPack {
    requirements = List.copyOf(requirements);
  }

  static AdoptedPack unlisted(String folder, String why) {
    return new AdoptedPack(folder, Optional.empty(), List.of(), why);
  }

  /** In a word: {@code registry}, {@code git}, {@code development}, or {@code not listed}. */
  public String kind() {
    return entry.map(listed -> listed.source().text()).orElse("not listed");
  }
}
