package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.PoolStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A base with one profile, "Sea", of three images, one labelled, one masked and one disabled. */
final class SmallBase {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  final Path root;
  final ProfileStore store;
  final PoolStore pools;

  private SmallBase(Path root) {
    this.root = root;
    this.store = new ProfileStore(root, Clock.fixed(NOW, ZoneOffset.UTC), new StoreLocks());
    this.pools = store.pools();
  }

  /** The base in this folder as it is. */
  static SmallBase at(Path root) {
    return new SmallBase(root);
  }

  /** The base in this folder, filled. */
  static SmallBase filled(Path root) throws IOException {
    SmallBase base = new SmallBase(root);
    Profile sea = base.store.create("Sea", "sea", 1_700_000_000_000L);
    Path scratch = Files.createTempDirectory("images");
    try {
      base.addImages(sea.id(), scratch);
    } finally {
      dev.tidepool.io.Folders.delete(scratch);
    }
    return base;
  }

  private void addImages(String id, Path scratch) throws IOException {
    Path png = image(scratch, "plain.png");
    pools.add(
        id,
        List.of(
            new NewImage("wave.png", png),
            new NewImage("dune.jpg", image(scratch, "baseline.jpg")),
            new NewImage("palms.bmp", image(scratch, "palette.bmp"))),
        Progress.none());
    pools.label(id, "dune.jpg", "Dünen");
    pools.attachMask(id, "wave.png", png);
    pools.enable(id, List.of("palms.bmp"), false);
    pools.reorder(id, List.of("palms.bmp", "dune.jpg"));
    pools.activate(id, "dune.jpg");
  }

  /** One of the sample images, written into the folder. */
  static Path image(Path folder, String sample) throws IOException {
    return Files.write(folder.resolve(sample), imageBytes(sample));
  }

  static byte[] imageBytes(String sample) throws IOException {
    try (InputStream in = SmallBase.class.getResourceAsStream("/images/" + sample)) {
      return Objects.requireNonNull(in, sample).readAllBytes();
    }
  }

  Profile importArchive(Path archive) {
    return store.importFrom(archive, null, Progress.none());
  }

  /** Imports, which must fail with this code and change nothing. */
  void assertRefuses(Path archive, String code) throws IOException {
    assertFails(code, () -> importArchive(archive));
  }

  /** Does what must fail with this code and change nothing. */
  void assertFails(String code, ThrowingCallable work) throws IOException {
    BaseSnapshot before = BaseSnapshot.of(root);
    assertCode(code, work);
    before.assertUnchanged();
  }

  static void assertCode(String code, ThrowingCallable work) {
    assertThat(catchThrowable(work))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.code()).as("the code of: %s", e.text()).isEqualTo(code);
              assertThat(e.text()).doesNotContain("Exception", "java.");
            });
  }
}
