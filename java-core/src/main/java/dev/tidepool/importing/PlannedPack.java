package dev.tidepool.importing;

import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.nodepack.FoundPack;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done about one node pack.
 *
 * @param id its key in the manifest
 * @param pack what is fetched and unpacked; nothing for a development node, and what is missing
 * @param reason why it is missing; else empty
 */
public record PlannedPack(
    String id, NodeEntry entry, State state, Optional<FoundPack> pack, String reason) {
  /** How a pack is had. */
  public enum State {
    /** The workspace has it already. */
    CACHED,
    /** It is downloaded. */
    DOWNLOAD,
    /** Its source is in the bundle. */
    DEVELOPMENT,
    /** It is nowhere to be had. */
    MISSING,
    /** It stays away as was asked for. */
    SKIPPED,
    /** The environment has it as it is. */
    THERE;

    /** A stable name for programs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the environment has it as the bundle does, or gets it. */
  public boolean isThere() {
    return comes() || state == State.THERE;
  }

  /** Whether its files are put into the environment. */
  boolean comes() {
    return state == State.CACHED || state == State.DOWNLOAD || state == State.DEVELOPMENT;
  }

  PlannedPack there() {
    return new PlannedPack(id, entry, State.THERE, pack, "");
  }
}
