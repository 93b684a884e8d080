package dev.tidepool.version;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.git.RepositoryUrl;
import java.util.List;
import java.util.Optional;

/** Finds the node pack of an environment that a node type comes from. */
final class PackIds {
  private final List<RecordedPack> packs;

  PackIds(List<RecordedPack> packs) {
    this.packs = packs;
  }

  /**
   * The key in the manifest of an installed pack, as far as the workflow tells where the type comes
   * from.
   */
  Optional<String> installed(NeededPack needed) {
    Optional<RecordedPack> byId =
        packs.stream()
            .filter(pack -> !needed.registryId().isEmpty())
            .filter(pack -> registryId(pack).equalsIgnoreCase(needed.registryId()))
            .findFirst();
    return byId.or(() -> byRepository(needed)).map(RecordedPack::id);
  }

  /** The installed pack's key, else the registry's id. */
  Optional<String> known(NeededPack needed) {
    return installed(needed).or(() -> Optional.of(needed.registryId()).filter(id -> !id.isEmpty()));
  }

  private static String registryId(RecordedPack pack) {
    return pack.registryId().isEmpty() ? pack.id() : pack.registryId();
  }

  private Optional<RecordedPack> byRepository(NeededPack needed) {
    if (needed.repository().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> wanted = key("https://github.com/" + needed.repository());
    return packs.stream()
        .filter(pack -> !pack.repository().isEmpty())
        .filter(pack -> wanted.isPresent() && key(pack.repository()).equals(wanted))
        .findFirst();
  }

  private static Optional<String> key(String url) {
    try {
      return Optional.of(RepositoryUrl.parse(url).key());
    } catch (TidepoolException e) {
      return Optional.empty();
    }
  }
}
