package dev.tidepool.node;

import java.util.List;

/**
 * What to add, and how.
 *
 * @param packs as {@link dev.tidepool.nodepack.PackRequest} reads them
 * @param development whether they are folders in {@code custom_nodes} that the user works on
 * @param force whether what is in the way goes to the trash
 * @param test whether packages that contradict each other stop it
 * @param loosen whether new packs give up their versions of packages that contradict others
 * @param runScripts whether install scripts of the packs are run
 */
public record AddRequest(
    List<String> packs,
    boolean development,
    boolean force,
    boolean test,
    boolean loosen,
    boolean runScripts) {
  /** Copies the list. */
  public AddRequest {
    packs = List.copyOf(packs);
  }

  /** Adds packs in the usual way. */
  public static AddRequest of(String... packs) {
    return new AddRequest(List.of(packs), false, false, true, false, false);
  }
}
