package dev.tidepool.exporting;

import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundleOrigin;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.bundle.BundledPool;
import dev.tidepool.manifest.Manifest;
import dev.tidepool.manifest.NodeEntry;
import dev.tidepool.manifest.NodeSource;
import dev.tidepool.version.PlannedWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle says of itself.
 *
 * @param tool what makes it
 */
record Description(String tool, BundleOrigin origin) {
  private static final String WORKFLOWS = "workflows/";

  /** The manifest of the bundle, still without its members. */
  BundleManifest manifest(
      Manifest reduced,
      List<PlannedWorkflow> workflows,
      ModelCollection models,
      List<BundledPool> pools) {
    List<BundledPack> packs = new ArrayList<>();
    reduced.nodes().forEach((id, entry) -> packs.add(pack(id, entry)));
    return new BundleManifest(
        tool,
        origin,
        Optional.of(reduced.pythonVersion()).filter(python -> !python.isEmpty()),
        Optional.of(reduced.torchBackend()),
        reduced.comfyUi(),
        workflows.stream()
            .map(workflow -> workflow.entry().path().substring(WORKFLOWS.length()))
            .toList(),
        packs,
        List.copyOf(models.models().values()),
        pools,
        List.of());
  }

  private static BundledPack pack(String id, NodeEntry entry) {
    String folder = PackChoice.folder(id, entry);
    boolean git = entry.source() == NodeSource.GIT;
    return new BundledPack(
        id,
        folder,
        entry.source(),
        git ? Optional.empty() : entry.version(),
        entry.repository(),
        git ? entry.version() : entry.pinnedCommit(),
        entry.downloadUrl(),
        entry.source() == NodeSource.DEVELOPMENT
            ? Optional.of("dev_nodes/" + folder)
            : Optional.empty());
  }
}
