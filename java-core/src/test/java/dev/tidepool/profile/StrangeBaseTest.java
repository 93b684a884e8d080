package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links and folders where files are expected, and files where folders are. */
class StrangeBaseTest {
  @TempDir Path folder;
  private SmallBase base;
  private Path outside;
  private Path image;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
    outside = Files.createDirectories(folder.resolve("outside"));
    image = SmallBase.image(folder, "lossless.webp");
  }

  @Test
  void aBaseThatIsAFileIsNamed() throws IOException {
    SmallBase strange = SmallBase.at(Files.writeString(folder.resolve("file"), "x"));

    strange.assertFails("storage-failed", strange.store::list);
    strange.assertFails("storage-failed", () -> strange.store.create("Sea"));
    strange.assertFails("storage-failed", () -> strange.pools.get("sea"));
    strange.assertFails("storage-failed", () -> add(strange, "sea"));
    assertThat(strange.root).hasContent("x");
  }

  @Test
  void aRegistryThatIsAFolderIsNamed() throws IOException {
    Files.delete(base.root.resolve("profiles.json"));
    Files.createDirectories(base.root.resolve("profiles.json/x"));

    base.assertFails("storage-failed", base.store::list);
    base.assertFails("storage-failed", () -> base.store.create("Lake"));
  }

  @Test
  void aDescriptionThatIsAFolderStopsARenameBeforeItHappens() throws IOException {
    Path meta = base.root.resolve("sea/profile_meta.json");
    Files.delete(meta);
    Files.createDirectories(meta.resolve("x"));

    base.assertFails("storage-failed", () -> base.store.rename("sea", "Lake"));
    assertThat(base.store.find("Sea")).isPresent();
    base.assertFails("storage-failed", () -> base.store.delete("sea"));
    base.store.create("Hill");
    assertThat(base.store.find("Sea")).isPresent();
  }

  @Test
  void aRenameThatACrashCutOffHindersNobodyWhereItCannotBeSettled() throws IOException {
    Path meta = base.root.resolve("sea/profile_meta.json");
    Files.delete(meta);
    Files.createDirectories(meta.resolve("x"));
    Files.createFile(base.root.resolve(".staging/sea.renaming"));

    base.store.create("Lake");

    assertThat(base.store.list()).extracting(Profile::name).containsExactly("Sea", "Lake");
  }

  @Test
  void anArrangementThatIsAFolderIsNamed() throws IOException {
    Files.delete(base.root.resolve("sea/pool.json"));
    Files.createDirectories(base.root.resolve("sea/pool.json/x"));

    base.assertFails("storage-failed", () -> base.pools.get("sea"));
    base.assertFails("storage-failed", () -> add(base, "sea"));
  }

  @Test
  void aPoolThatIsALinkIsNeverEntered() throws IOException {
    Path pool = base.root.resolve("sea");
    Files.move(pool, outside.resolve("sea"));
    Files.createSymbolicLink(pool, outside.resolve("sea"));
    BaseSnapshot elsewhere = BaseSnapshot.of(outside);

    String code = "pool-outside-base";
    base.assertFails(code, () -> base.pools.get("sea"));
    base.assertFails(code, () -> base.pools.label("sea", "wave.png", "Wave"));
    base.assertFails(code, () -> base.pools.remove("sea", List.of("wave.png")));
    base.assertFails(code, () -> base.pools.image("sea", "wave.png"));
    base.assertFails(code, () -> add(base, "sea"));
    base.assertFails(code, () -> base.store.rename("sea", "Lake"));
    base.assertFails(code, () -> base.store.delete("sea"));
    base.assertFails(code, () -> base.store.duplicate("sea", "Lake", Progress.none()));
    base.assertFails(
        code, () -> base.store.exportTo("sea", folder.resolve("sea.zip"), Progress.none()));
    assertThat(base.store.list()).hasSize(1);
    assertThat(folder.resolve("sea.zip")).doesNotExist();
    elsewhere.assertUnchanged();
  }

  @Test
  void aLinkToMasksIsNeverFollowed() throws IOException {
    String without = withoutMasks();
    Files.createSymbolicLink(base.root.resolve("sea/masks"), outside);
    SmallBase.image(outside, "plain.png");
    Files.move(outside.resolve("plain.png"), outside.resolve("wave.png.png"));
    BaseSnapshot elsewhere = BaseSnapshot.of(outside);

    assertThat(base.pools.mask("sea", "wave.png")).isEmpty();
    assertThat(base.pools.fingerprint("sea")).isEqualTo(without);
    assertThat(base.pools.get("sea").slots()).noneMatch(slot -> slot.mask());
    base.assertFails("pool-outside-base", () -> base.pools.removeMask("sea", "wave.png"));
    base.assertFails(
        "pool-outside-base",
        () -> base.pools.attachMask("sea", "wave.png", outside.resolve("wave.png.png")));
    base.pools.remove("sea", List.of("wave.png"));
    base.pools.restore("sea", List.of("wave.png"));
    base.store.exportTo("sea", folder.resolve("sea.zip"), Progress.none());
    base.store.delete("sea");
    elsewhere.assertUnchanged();
  }

  @Test
  void aLinkToNowhereInPlaceOfMasksIsNamed() throws IOException {
    withoutMasks();
    Files.createSymbolicLink(base.root.resolve("sea/masks"), folder.resolve("nowhere"));

    base.assertFails("pool-outside-base", () -> base.pools.attachMask("sea", "wave.png", plain()));
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aMaskThatIsALinkIsNoMask() throws IOException {
    String without = withoutMasks();
    Files.createDirectories(base.root.resolve("sea/masks"));
    Files.createSymbolicLink(base.root.resolve("sea/masks/wave.png.png"), plain());

    assertThat(base.pools.mask("sea", "wave.png")).isEmpty();
    assertThat(base.pools.fingerprint("sea")).isEqualTo(without);
  }

  @Test
  void anImageThatIsALinkIsNoSlot() throws IOException {
    Files.createSymbolicLink(base.root.resolve("sea/link.png"), plain());

    assertThat(base.pools.get("sea").slots()).hasSize(3);
    SmallBase.assertCode("slot-not-found", () -> base.pools.image("sea", "link.png"));
    SmallBase.assertCode("slot-not-found", () -> base.pools.activate("sea", "link.png"));
    base.store.exportTo("sea", folder.resolve("sea.zip"), Progress.none());
    assertThat(
            SmallBase.at(folder.resolve("other")).importArchive(folder.resolve("sea.zip")).name())
        .isEqualTo("Sea");
  }

  private String withoutMasks() throws IOException {
    base.pools.removeMask("sea", "wave.png");
    Files.delete(base.root.resolve("sea/masks"));
    return base.pools.fingerprint("sea");
  }

  private Path plain() throws IOException {
    return SmallBase.image(folder, "plain.png");
  }

  private void add(SmallBase to, String id) {
    to.pools.add(id, List.of(new NewImage("new.webp", image)), Progress.none());
  }
}
