package dev.tidepool.importing;

import dev.tidepool.bundle.BundledPool;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.PoolBase;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the pools of a bundle into a ComfyUI; one that is there as it is stays. */
final class ArrivingPools {
  private final ProfileStore store;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  private ArrivingPools(ProfileStore store) {
    this.store = store;
  }

  /** Those of a ComfyUI. */
  static ArrivingPools of(Path comfyUi, ImportTools tools) {
    return new ArrivingPools(new ProfileStore(PoolBase.of(comfyUi), tools.clock(), tools.locks()));
  }

  void bring(ImportPlan plan) throws IOException {
    for (BundledPool pool : plan.pools()) {
      Path archive = plan.arriving().bundle().path(pool.member());
      Optional<Profile> there = there(pool, archive);
      Profile profile =
          there.isPresent() ? there.get() : store.importFrom(archive, null, Progress.none());
      ids.put(pool.id(), profile.id());
      names.add(profile.name());
    }
  }

  /** The ids that nodes of workflows name, and those of the pools that are there; brings none. */
  Map<String, String> known(Arriving arriving) throws IOException {
    Map<String, String> known = new LinkedHashMap<>();
    for (BundledPool pool : arriving.pools()) {
      there(pool, arriving.bundle().path(pool.member()))
          .ifPresent(profile -> known.put(pool.id(), profile.id()));
    }
    return known;
  }

  /** The ids that nodes of workflows name, and those that the pools have now. */
  Map<String, String> ids() {
    return Map.copyOf(ids);
  }

  /** The names that the pools have now. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The profile that has the name, or got it with a number, and holds the same. */
  private Optional<Profile> there(BundledPool pool, Path archive) throws IOException {
    for (Profile profile : store.list()) {
      if (profile.isNamedAfter(pool.name()) && isSame(profile, archive)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  private boolean isSame(Profile profile, Path archive) throws IOException {
    Path copy = archive.resolveSibling(archive.getFileName() + ".here");
    try {
      store.exportTo(profile.id(), copy, Progress.none());
      return SamePool.is(archive, copy);
    } finally {
      Folders.deleteQuietly(copy);
    }
  }
}
