package dev.tidepool.importing;

import dev.tidepool.bundle.BundledPool;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.profile.Profile;
import dev.tidepool.profile.ProfileStore;
import java.io.IOException;
import java.nio.file.Files;
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

  ArrivingPools(ProfileStore store) {
    this.store = store;
  }

  void bring(ImportPlan plan) throws IOException {
    for (BundledPool pool : plan.pools()) {
      Path archive = plan.arriving().bundle().path(pool.member());
      Profile profile = there(pool, archive);
      ids.put(pool.id(), profile.id());
      names.add(profile.name());
    }
  }

  /** The ids that nodes of workflows name, and those that the pools have now. */
  Map<String, String> ids() {
    return Map.copyOf(ids);
  }

  /** The names that the pools have now. */
  List<String> names() {
    return List.copyOf(names);
  }

  private Profile there(BundledPool pool, Path archive) throws IOException {
    Optional<Profile> same = store.find(pool.name());
    if (same.isPresent() && isSame(same.get(), archive)) {
      return same.get();
    }
    return store.importFrom(archive, null, Progress.none());
  }

  /** The same profile is the same archive, byte by byte. */
  private boolean isSame(Profile profile, Path archive) throws IOException {
    Path copy = archive.resolveSibling(archive.getFileName() + ".here");
    try {
      store.exportTo(profile.id(), copy, Progress.none());
      FileHasher hasher = new FileHasher(1);
      return Files.size(copy) == Files.size(archive)
          && hasher.blake3(copy, bytes -> {}).equals(hasher.blake3(archive, bytes -> {}));
    } finally {
      Folders.deleteQuietly(copy);
    }
  }
}
