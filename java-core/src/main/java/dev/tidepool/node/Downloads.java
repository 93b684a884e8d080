package dev.tidepool.node;

import dev.tidepool.io.ParallelWork;
import dev.tidepool.io.SharedSteps;
import dev.tidepool.io.Steps;
import dev.tidepool.nodepack.FoundPack;
import dev.tidepool.nodepack.Packs;
import java.util.List;

/** Fetches several packs at the same time. */
final class Downloads {
  private static final int AT_A_TIME = 4;

  private final Packs packs;

  Downloads(Packs packs) {
    this.packs = packs;
  }

  /** Sees to it that the cache holds all of them; what came before one failed stays there. */
  void fetch(List<FoundPack> wanted, Steps steps) {
    List<FoundPack> missing = wanted.stream().filter(p -> !packs.cache().holds(p)).toList();
    if (missing.isEmpty()) {
      return;
    }
    steps.begin(
        missing.size() == 1
            ? "Downloading " + missing.get(0).text()
            : "Downloading " + missing.size() + " node packs");
    steps.total(0);
    Steps shared = new SharedSteps(steps);
    new ParallelWork("download node packs", AT_A_TIME)
        .with(
            missing,
            pack -> {
              packs.fetch(pack, shared);
              return pack;
            });
  }
}
