package dev.tidepool.importing;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Steps;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.PackNames;
import dev.tidepool.nodepack.Packs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the node packs of a bundle into a folder; nothing of them is run. */
final class PackArrival {
  private static final String DEVELOPMENT = "dev_nodes/";

  private final ImportPlan plan;
  private final Packs packs;

  PackArrival(ImportPlan plan, Packs packs) {
    this.plan = plan;
    this.packs = packs;
  }

  /** Sees to it that all can be unpacked without a network. */
  void fetch(Steps steps) {
    for (PlannedPack each : plan.packs()) {
      if (each.state() == PlannedPack.State.DOWNLOAD) {
        FoundPack pack = each.pack().orElseThrow();
        steps.begin("Downloading " + pack.text());
        packs.fetch(pack, steps);
      }
    }
  }

  /** Puts all that come into a new ComfyUI. */
  void into(Path customNodes, Steps steps) throws IOException {
    Files.createDirectories(customNodes);
    for (PlannedPack each : plan.packs()) {
      if (each.comes()) {
        to(each, customNodes.resolve(PackNames.folder(each.entry().name())), steps);
      }
    }
  }

  /** Makes a folder of one. */
  void to(PlannedPack each, Path folder, Steps steps) throws IOException {
    if (each.state() == PlannedPack.State.DEVELOPMENT) {
      String place = DEVELOPMENT + each.entry().name();
      for (String member : plan.arriving().bundle().under(place)) {
        Path target = folder.resolve(member.substring(place.length() + 1));
        Files.createDirectories(target.resolveSibling(""));
        Folders.copyFile(plan.arriving().bundle().path(member), target, steps);
      }
      return;
    }
    FoundPack pack = each.pack().orElseThrow();
    if (!packs.cache().unpack(pack, folder)) {
      packs.fetch(pack, steps);
      Folders.delete(folder);
      if (!packs.cache().unpack(pack, folder)) {
        throw new TidepoolException(
            ErrorKind.UNAVAILABLE,
            "pack-not-available",
            "The files of the node pack " + pack.text() + " are not in the cache any more.",
            "Do it again: they are downloaded anew.");
      }
    }
  }
}
