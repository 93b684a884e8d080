package dev.tidepool.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
  @TempDir Path folder;

  /** Fails at one of its steps: bytes written count in steps of 4096. */
  private static final class Failing extends Output {
    private final int failing;
    private final Path target;
    private int steps;

    Failing(int failing, Path target) {
      this.failing = failing;
      this.target = target;
    }

    /** What a process that is killed here leaves under the bundle's name. */
    private void step() throws IOException {
      if (!isOld(target)) {
        Bundle.inspect(target, Progress.none());
      }
      if (steps++ == failing) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    OutputStream create(Path file) throws IOException {
      step();
      return new FilterOutputStream(super.create(file)) {
        private int since;

        @Override
        public void write(byte[] content, int start, int length) throws IOException {
          since += length;
          if (since >= 4096) {
            since = 0;
            step();
          }
          out.write(content, start, length);
        }

        @Override
        public void close() throws IOException {
          super.close();
          step();
        }
      };
    }

    @Override
    void move(Path file, Path target) throws IOException {
      step();
      super.move(file, target);
      step();
    }
  }

  @Test
  void failureAtAnyStepLeavesNothingOrTheOldBundle() throws IOException {
    Path target = folder.resolve("b.tar.gz");
    int last = 0;
    for (int step = 0; ; step++) {
      Files.writeString(target, "old");
      try {
        new BundleWriter(2, new Failing(step, target))
            .write(
                target,
                true,
                Samples.full(),
                Samples.fullSources(),
                Optional.empty(),
                Progress.none());
        last = step;
        break;
      } catch (TidepoolException e) {
        assertThat(e.code()).isEqualTo("disk-full");
        try (var files = Files.list(folder)) {
          assertThat(files).as("step %d", step).containsExactly(target);
        }
        if (!isOld(target)) {
          Bundle.inspect(target, Progress.none());
        }
      }
    }
    assertThat(last).isGreaterThan(3);
    Bundle.inspect(target, Progress.none());
  }

  private static boolean isOld(Path target) throws IOException {
    return Arrays.equals(Files.readAllBytes(target), "old".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stopsWhenItIsInterruptedAndLeavesNothing() {
    Path target = folder.resolve("b.tar.gz");
    Thread.currentThread().interrupt();
    try {
      assertThat(code(target, false)).isEqualTo("stopped");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesNothingUnlessItIsTold() throws IOException {
    Path target = Files.writeString(folder.resolve("b.tar.gz"), "old");
    assertThat(code(target, false)).isEqualTo("bundle-exists");
    assertThat(target).hasContent("old");
    assertThat(code(target, true)).isEqualTo("fine");
    assertThat(code(folder, true)).isEqualTo("bundle-exists");
  }

  private static String code(Path target, boolean replaces) {
    try {
      new BundleWriter(1)
          .write(
              target,
              replaces,
              Samples.full(),
              Samples.fullSources(),
              Optional.empty(),
              Progress.none());
      return "fine";
    } catch (TidepoolException e) {
      return e.code();
    }
  }

  @Test
  void refusesNamesThatOtherSystemsCannotKeepApart() {
    List<BundleSource> sources =
        List.of(Samples.text("dev_nodes/a/X.py", ""), Samples.text("dev_nodes/a/x.py", ""));
    assertThatThrownBy(
            () ->
                new BundleWriter(1)
                    .write(
                        folder.resolve("b"),
                        false,
                        Samples.manifest(),
                        sources,
                        Optional.empty(),
                        Progress.none()))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("bundle-not-portable"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void noticesAFileThatIsAnotherThanWasDigested() throws IOException {
    Path file = Files.writeString(folder.resolve("model"), "content");
    for (long size : List.of(6L, 7L, 8L)) {
      BundleSource source = BundleSource.of("models/m/a.bin", file, size, "a".repeat(64));
      Path target = folder.resolve("b");
      assertThatThrownBy(
              () ->
                  new BundleWriter(1)
                      .write(
                          target,
                          false,
                          Samples.manifest(),
                          List.of(source),
                          Optional.empty(),
                          Progress.none()))
          .isInstanceOfSatisfying(
              TidepoolException.class,
              e -> assertThat(e.code()).isEqualTo("bundle-source-changed"));
      assertThat(folder).isDirectoryNotContaining("glob:**/b");
    }
  }

  @Test
  void whatIsDenseIsStored() throws IOException {
    byte[] weights = new byte[3 << 20];
    Path target = folder.resolve("b");
    new BundleWriter(2)
        .write(
            target,
            false,
            Samples.manifest(),
            List.of(BundleSource.of("models/m/a.safetensors", weights)),
            Optional.empty(),
            Progress.none());
    assertThat(Files.size(target)).isGreaterThan(weights.length);
    assertThat(Bundle.inspect(target, Progress.none()).members()).hasSize(1);
  }
}
