package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Ballast;
import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs on a small device: each change is tried with 0, 1, 2 … pages or files left. */
public final class FullDiskScenario {
  private static final int MOST_LEFT = 16;

  private final Path disk;
  private final Path template;
  private final Path root;
  private final Ballast ballast;
  private final Path archive;
  private final Path image;
  private final Path mask;
  private final boolean bytes;

  private interface Change {
    void apply(SmallBase base) throws IOException;
  }

  private FullDiskScenario(Path disk, Path sources, boolean bytes) throws IOException {
    this.disk = disk;
    this.bytes = bytes;
    this.template = sources.resolve("grid_pool");
    this.root = disk.resolve("grid_pool");
    this.ballast = new Ballast(disk);
    this.image = SmallBase.image(sources, "lossless.webp");
    this.mask = SmallBase.image(sources, "palette.png");
    this.archive = sources.resolve("archive.zip");
    SmallBase base = SmallBase.filled(template);
    base.pools.add("sea", List.of(new NewImage("gone.webp", image)), Progress.none());
    base.pools.remove("sea", List.of("gone.webp"));
    base.store.create("Lake", "lake", 1);
    base.pools.add("lake", List.of(new NewImage("lake.webp", image)), Progress.none());
    base.store.exportTo("lake", archive, Progress.none());
    base.store.delete("lake");
  }

  /** Arguments: the device's folder, a folder elsewhere, and what is scarce. */
  public static void main(String[] arguments) throws IOException {
    FullDiskScenario scenario =
        new FullDiskScenario(
            Path.of(arguments[0]), Path.of(arguments[1]), arguments[2].equals("bytes"));
    for (Map.Entry<String, Change> change : scenario.changes().entrySet()) {
      scenario.tryAll(change.getKey(), change.getValue());
    }
    System.out.println("everything tried");
  }

  private Map<String, Change> changes() {
    Progress none = Progress.none();
    Map<String, Change> changes = new LinkedHashMap<>();
    changes.put("create", base -> base.store.create("Hill"));
    changes.put("rename", base -> base.store.rename("sea", "Ocean"));
    changes.put("duplicate", base -> base.store.duplicate("sea", "Ocean", none));
    changes.put("import", base -> base.store.importFrom(archive, null, none));
    changes.put("export", base -> base.store.exportTo("sea", disk.resolve("sea.zip"), none));
    changes.put("delete", base -> base.store.delete("sea"));
    changes.put("restore", base -> base.store.restore("lake"));
    changes.put("first delete", base -> base.store.delete("sea"));
    changes.put("first remove", base -> base.pools.remove("sea", List.of("wave.png")));
    changes.put("first replaced mask", base -> base.pools.attachMask("sea", "wave.png", mask));
    changes.put("first removed mask", base -> base.pools.removeMask("sea", "wave.png"));
    changes.put("add one", base -> add(base, "sea", 1));
    changes.put("add one to a new pool", base -> add(base, "new", 1));
    changes.put("add", base -> add(base, "sea", 2));
    changes.put("add to a new pool", base -> add(base, "new", 2));
    changes.put("remove", base -> base.pools.remove("sea", List.of("wave.png", "palms.bmp")));
    changes.put("restore image", base -> base.pools.restore("sea", List.of("gone.webp")));
    changes.put("label", base -> base.pools.label("sea", "wave.png", "Wave"));
    changes.put("enable", base -> base.pools.enable("sea", List.of("palms.bmp"), true));
    changes.put("activate", base -> base.pools.activate("sea", "wave.png"));
    changes.put("reorder", base -> base.pools.reorder("sea", List.of("wave.png")));
    changes.put("attach mask", base -> base.pools.attachMask("sea", "dune.jpg", mask));
    changes.put("replace mask", base -> base.pools.attachMask("sea", "wave.png", mask));
    changes.put("remove mask", base -> base.pools.removeMask("sea", "wave.png"));
    return changes;
  }

  private void add(SmallBase base, String id, int images) {
    base.pools.add(
        id, Collections.nCopies(images, new NewImage("new.webp", image)), Progress.none());
  }

  private void tryAll(String name, Change change) throws IOException {
    int done = 0;
    for (int left = 0; left <= MOST_LEFT; left++) {
      if (succeeds(name + " with " + left + " left", change, left)) {
        done++;
      }
    }
    System.out.println(name + ": done " + done + " times of " + (MOST_LEFT + 1));
    assertThat(done).as("%s is done where there is room, and only there", name).isGreaterThan(0);
    assertThat(done).as(name).isLessThanOrEqualTo(MOST_LEFT + (bytes ? 0 : 1));
  }

  private boolean succeeds(String what, Change change, int left) throws IOException {
    copyTemplate();
    if (what.startsWith("first ")) {
      Folders.delete(root.resolve(".trash"));
    }
    SmallBase base = SmallBase.at(root);
    List<Profile> profiles = base.store.list();
    Pool pool = base.pools.get("sea");
    if (bytes) {
      ballast.leavePages(left);
    } else {
      ballast.leaveFiles(left);
    }
    BaseSnapshot before = BaseSnapshot.of(root);
    boolean done = false;
    try {
      change.apply(base);
      done = true;
    } catch (TidepoolException e) {
      assertThat(e.code()).as("%s: %s", what, e.text()).isEqualTo("disk-full");
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(what, e);
    }
    if (!done) {
      assertUnchanged(what, before, profiles, pool);
      ballast.remove();
      change.apply(base);
    }
    assertReadable(what);
    ballast.remove();
    Folders.delete(root);
    Files.deleteIfExists(disk.resolve("sea.zip"));
    return done;
  }

  private void assertUnchanged(String what, BaseSnapshot before, List<Profile> profiles, Pool pool)
      throws IOException {
    try {
      before.assertUnchanged();
      for (SmallBase base : List.of(SmallBase.at(root), SmallBase.at(root))) {
        assertThat(base.store.list()).isEqualTo(profiles);
        assertThat(base.pools.get("sea")).isEqualTo(pool);
      }
      assertThat(Folders.children(disk)).containsExactly(ballast.folder(), root);
    } catch (AssertionError e) {
      throw new AssertionError(what, e);
    }
  }

  /** Whether a listing is possible, and every slot has its file. */
  private void assertReadable(String what) {
    SmallBase base = SmallBase.at(root);
    for (Profile profile : base.store.list()) {
      base.pools
          .get(profile.id())
          .slots()
          .forEach(
              slot ->
                  assertThat(base.pools.image(profile.id(), slot.name()))
                      .as(what)
                      .isNotEmptyFile());
    }
  }

  private void copyTemplate() throws IOException {
    try (Stream<Path> paths = Files.walk(template)) {
      for (Path path : paths.toList()) {
        Files.copy(
            path,
            root.resolve(template.relativize(path).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
