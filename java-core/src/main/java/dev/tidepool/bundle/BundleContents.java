package dev.tidepool.bundle;

import java.util.List;
import java.util.Optional;

/**
 * What is in a bundle.
 *
 * @param manifest what it says of itself; nothing where ComfyDock or ComfyGit made it
 * @param signature one that fits to the manifest
 * @param members every file but the manifest and the signature, in the archive's order, as counted
 *     and digested while it was read
 * @param ignored the names of members where a bundle has nothing; they are never unpacked
 * @param size of the bundle itself, in bytes
 */
public record BundleContents(
    Optional<BundleManifest> manifest,
    Optional<BundleSignature> signature,
    List<BundleMember> members,
    List<String> ignored,
    long size) {
  /** Copies the lists. */
  public BundleContents {
    members = List.copyOf(members);
    ignored = List.copyOf(ignored);
  }

  /** All members together, in bytes. */
  public long unpacked() {
    return members.stream().mapToLong(BundleMember::size).sum();
  }
}
