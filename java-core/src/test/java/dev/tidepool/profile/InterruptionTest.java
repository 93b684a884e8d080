package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.pool.NewImage;
import dev.tidepool.pool.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work on much content that is interrupted stops at once and leaves no trace. */
class InterruptionTest {
  private static final int MEGABYTES = 24;

  @TempDir Path folder;
  private Path base;
  private Path outside;
  private ProfileStore store;

  @BeforeEach
  void fillAProfile() throws IOException {
    base = folder.resolve("grid_pool");
    outside = Files.createDirectories(folder.resolve("outside"));
    store = BaseRules.open(base);
    store.create("Sea", "sea", 0);
    store.pools().add("sea", images("one.png", "two.png"), Progress.none());
    store.exportTo("sea", outside.resolve("sea.zip"), Progress.none());
  }

  @AfterEach
  void calmDown() {
    Thread.interrupted();
  }

  @Test
  void anInterruptedExportLeavesTheOldArchive() throws IOException {
    store.pools().label("sea", "one.png", "another");

    assertStops(progress -> store.exportTo("sea", outside.resolve("sea.zip"), progress));
  }

  @Test
  void anInterruptedExportLeavesNoArchive() throws IOException {
    assertStops(progress -> store.exportTo("sea", outside.resolve("new.zip"), progress));
  }

  @Test
  void anInterruptedImportLeavesNothing() throws IOException {
    assertStops(progress -> store.importFrom(outside.resolve("sea.zip"), null, progress));
  }

  @Test
  void anInterruptedDuplicationLeavesNothing() throws IOException {
    assertStops(progress -> store.duplicate("sea", "Copy", progress));
  }

  @Test
  void anInterruptedAdditionLeavesNothing() throws IOException {
    List<NewImage> images = images("three.png", "four.png");

    assertStops(progress -> store.pools().add("sea", images, progress));
  }

  @Test
  void aThreadThatIsInterruptedAlreadyChangesNothing() throws IOException {
    Map<String, String> before = snapshot();
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(TidepoolException.class)
        .isThrownBy(() -> store.create("Dune"))
        .returns("stopped", TidepoolException::code);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void readingGoesOnInAThreadThatIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThat(BaseRules.open(base).pools().get("sea").slots()).hasSize(2);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Interrupts the work at three places, early, halfway and before its last byte. */
  private void assertStops(Consumer<Progress> work) throws IOException {
    Map<String, String> before = snapshot();
    for (double share : new double[] {0.01, 0.5, 1}) {
      Interrupting progress = new Interrupting(share);

      assertThatExceptionOfType(TidepoolException.class)
          .as("interrupted after %s of the work", share)
          .isThrownBy(() -> work.accept(progress))
          .returns("stopped", TidepoolException::code);

      assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
      assertThat(progress.past).as("bytes after the interrupt").isLessThanOrEqualTo(9L << 20);
      assertThat(snapshot()).isEqualTo(before);
    }
  }

  /** Interrupts its own thread when this share of the work is done. */
  private static final class Interrupting implements Progress {
    private final double share;
    private long total;
    private long done;
    private long past;

    Interrupting(double share) {
      this.share = share;
    }

    @Override
    public void total(long units) {
      total = units;
    }

    @Override
    public void advance(long units) {
      past += Thread.currentThread().isInterrupted() ? units : 0;
      done += units;
      if (done >= share * total) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<NewImage> images(String... names) throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    for (String name : names) {
      Path image = TestImages.write(made.resolve(name), 2, 2, name.hashCode());
      // What follows a picture's end is passed over by every reader.
      Files.write(image, new byte[MEGABYTES << 20], StandardOpenOption.APPEND);
    }
    return Stream.of(names).map(name -> new NewImage(name, made.resolve(name))).toList();
  }

  private Map<String, String> snapshot() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path root : List.of(base, outside)) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path path : all.toList()) {
          String name = path.getFileName().toString();
          if (!name.equals(".lock") && !name.equals(".tidied")) {
            boolean file = Files.isRegularFile(path);
            String what = file ? Files.size(path) + " " + Files.getLastModifiedTime(path) : "";
            found.put(path.toString(), what);
          }
        }
      }
    }
    return found;
  }
}
