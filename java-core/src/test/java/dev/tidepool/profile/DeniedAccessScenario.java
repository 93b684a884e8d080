package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Folders;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Runs where permissions bind. */
public final class DeniedAccessScenario {
  private static final Progress NONE = Progress.none();

  private final Path folder;
  private final SmallBase base;
  private final Path image;

  private DeniedAccessScenario(Path folder) throws IOException {
    this.folder = folder;
    this.base = SmallBase.filled(folder.resolve("grid_pool"));
    this.image = SmallBase.image(folder, "plain.png");
  }

  private interface Trial {
    void run(DeniedAccessScenario scenario) throws IOException;
  }

  /** Argument: a folder for everything. */
  public static void main(String[] arguments) throws IOException {
    List<Trial> trials =
        List.of(
            DeniedAccessScenario::aClosedPool,
            DeniedAccessScenario::aBaseForReadingOnly,
            DeniedAccessScenario::aDamagedBaseForReadingOnly,
            DeniedAccessScenario::aClosedRegistry,
            DeniedAccessScenario::aClosedImage,
            DeniedAccessScenario::filesForReadingOnly,
            DeniedAccessScenario::closedSourcesAndTargets);
    for (Trial trial : trials) {
      Path own = Files.createTempDirectory(Path.of(arguments[0]), "trial");
      trial.run(new DeniedAccessScenario(own));
    }
    System.out.println("everything tried");
  }

  private void aClosedPool() throws IOException {
    BaseSnapshot before = BaseSnapshot.of(base.root);
    allow(base.root.resolve("sea"), "---------");

    assertThat(base.store.list()).hasSize(1);
    denied(() -> base.pools.get("sea"));
    denied(() -> base.pools.label("sea", "wave.png", "Wave"));
    denied(() -> base.pools.remove("sea", List.of("wave.png")));
    denied(() -> base.pools.add("sea", List.of(new NewImage("new.png", image)), NONE));
    denied(() -> base.pools.attachMask("sea", "wave.png", image));
    denied(() -> base.store.rename("sea", "Lake"));
    denied(() -> base.store.delete("sea"));
    denied(() -> base.store.duplicate("sea", "Lake", NONE));
    denied(() -> base.store.exportTo("sea", folder.resolve("sea.zip"), NONE));

    allow(base.root.resolve("sea"), "rwxr-xr-x");
    before.assertUnchanged();
    assertThat(Folders.children(folder)).containsExactly(base.root, image);
    assertThat(base.pools.get("sea").slots()).hasSize(3);
  }

  private void aBaseForReadingOnly() throws IOException {
    BaseSnapshot before = BaseSnapshot.of(base.root);
    allowFolders("r-xr-xr-x");

    assertThat(base.store.list()).hasSize(1);
    assertThat(SmallBase.at(base.root).pools.get("sea").slots()).hasSize(3);
    assertThat(base.pools.mask("sea", "wave.png")).isPresent();
    assertThat(base.pools.fingerprint("sea")).hasSize(64);
    base.store.exportTo("sea", folder.resolve("sea.zip"), NONE);
    denied(() -> base.store.create("Lake"));
    denied(() -> base.store.rename("sea", "Lake"));
    denied(() -> base.store.delete("sea"));
    denied(() -> base.store.duplicate("sea", "Lake", NONE));
    denied(() -> base.store.importFrom(folder.resolve("sea.zip"), null, NONE));
    denied(() -> base.pools.label("sea", "wave.png", "Wave"));
    denied(() -> base.pools.remove("sea", List.of("wave.png")));
    denied(() -> base.pools.removeMask("sea", "wave.png"));
    denied(() -> base.pools.attachMask("sea", "wave.png", image));
    denied(() -> base.pools.add("sea", List.of(new NewImage("new.png", image)), NONE));

    allowFolders("rwxr-xr-x");
    before.assertUnchanged();
    base.store.rename("sea", "Lake");
  }

  private void aDamagedBaseForReadingOnly() throws IOException {
    Files.writeString(base.root.resolve("profiles.json"), "{");
    Files.writeString(base.root.resolve("sea/pool.json"), "{");
    BaseSnapshot before = BaseSnapshot.of(base.root);
    allowFolders("r-xr-xr-x");

    assertThat(base.store.list()).extracting(Profile::name).containsExactly("Sea");
    assertThat(base.pools.get("sea").slots()).hasSize(3);
    denied(() -> base.store.create("Lake"));

    allowFolders("rwxr-xr-x");
    before.assertUnchanged();
  }

  private void aClosedRegistry() throws IOException {
    BaseSnapshot before = BaseSnapshot.of(base.root);
    allow(base.root.resolve("profiles.json"), "---------");

    denied(base.store::list);
    denied(() -> base.store.create("Lake"));
    assertThat(base.pools.get("sea").slots()).hasSize(3);

    allow(base.root.resolve("profiles.json"), "rw-r--r--");
    before.assertUnchanged();
  }

  private void aClosedImage() throws IOException {
    Path closed = base.root.resolve("sea/wave.png");
    BaseSnapshot before = BaseSnapshot.of(base.root);
    allow(closed, "---------");

    assertThat(SmallBase.at(base.root).pools.get("sea").slots()).hasSizeBetween(2, 3);
    denied(() -> base.store.exportTo("sea", folder.resolve("sea.zip"), NONE));
    denied(() -> base.store.duplicate("sea", "Lake", NONE));

    allow(closed, "rw-r--r--");
    before.assertUnchanged();
    assertThat(folder.resolve("sea.zip")).doesNotExist();
  }

  private void filesForReadingOnly() throws IOException {
    allow(image, "r--r--r--");
    allow(base.root.resolve("sea/wave.png"), "r--r--r--");

    base.pools.attachMask("sea", "dune.jpg", image);
    base.pools.add("sea", List.of(new NewImage("new.png", image)), NONE);
    base.store.duplicate("sea", "Lake", NONE);
    base.store.exportTo("sea", folder.resolve("sea.zip"), NONE);
    assertThat(base.store.importFrom(folder.resolve("sea.zip"), null, NONE).name())
        .isEqualTo("Sea (2)");
    assertThat(base.pools.remove("sea", List.of("wave.png")).slots()).hasSize(3);
  }

  private void closedSourcesAndTargets() throws IOException {
    BaseSnapshot before = BaseSnapshot.of(base.root);
    Path archive = folder.resolve("sea.zip");
    base.store.exportTo("sea", archive, NONE);
    Path shut = Files.createDirectory(folder.resolve("shut"));
    allow(shut, "r-xr-xr-x");
    allow(archive, "---------");
    allow(image, "---------");

    denied(() -> base.store.exportTo("sea", shut.resolve("sea.zip"), NONE));
    denied(() -> base.store.importFrom(archive, null, NONE));
    denied(() -> base.pools.attachMask("sea", "wave.png", image));

    assertThat(shut).isEmptyDirectory();
    before.assertUnchanged();
  }

  private static void denied(ThrowingCallable work) {
    SmallBase.assertCode("storage-denied", work);
  }

  private void allowFolders(String permissions) throws IOException {
    try (Stream<Path> all = Files.walk(base.root)) {
      for (Path each : all.filter(Folders::isReal).toList()) {
        allow(each, permissions);
      }
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
