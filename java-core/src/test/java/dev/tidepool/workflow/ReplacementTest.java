package dev.tidepool.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.workflow.Replacement.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacementTest {
  @TempDir Path folder;

  private Path one;
  private Path two;

  @BeforeEach
  void write() throws IOException {
    one = Files.writeString(folder.resolve("one.json"), "one");
    two = Files.writeString(folder.resolve("two.json"), "two");
  }

  @Test
  void filesAreReplacedTogether() throws IOException {
    Replacement.together(List.of(change(one, "one", "1"), change(two, "two", "2")));

    assertThat(one).hasContent("1");
    assertThat(two).hasContent("2");
    assertThat(names()).containsExactly("one.json", "two.json");
  }

  @Test
  void noneIsReplacedWhenOneWasChangedMeanwhile() throws IOException {
    assertThatThrownBy(
            () -> Replacement.together(List.of(change(one, "one", "1"), change(two, "old", "2"))))
        .isInstanceOfSatisfying(
            TidepoolException.class, e -> assertThat(e.code()).isEqualTo("workflow-changed"));

    assertThat(one).hasContent("one");
    assertThat(two).hasContent("two");
    assertThat(names()).containsExactly("one.json", "two.json");
  }

  @Test
  void noneIsReplacedWhenOneCannotBeWritten() throws IOException {
    Path gone = folder.resolve("gone.json");
    assertThatThrownBy(
            () -> Replacement.together(List.of(change(one, "one", "1"), change(gone, "", "2"))))
        .isInstanceOf(TidepoolException.class);

    assertThat(one).hasContent("one");
    assertThat(names()).containsExactly("one.json", "two.json");
  }

  /** What earlier versions called the temporary file leads somewhere else. */
  @Test
  void plantedLinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve(".one.json.tmp"), two);
    Replacement.together(List.of(change(one, "one", "1")));

    assertThat(one).hasContent("1");
    assertThat(two).hasContent("two");
  }

  @Test
  void permissionsStay() throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-rw----");
    Files.setPosixFilePermissions(one, permissions);
    Replacement.together(List.of(change(one, "one", "1")));

    assertThat(Files.getPosixFilePermissions(one)).isEqualTo(permissions);
  }

  /** Whoever loses is told so, and the file is what one of them wrote, whole. */
  @Test
  void ofSeveralAtOnceOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        Files.writeString(one, "one");
        List<Future<String>> results = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(4);
        for (int i = 0; i < 4; i++) {
          String after = Integer.toString(i).repeat(50_000 * (i + 1));
          results.add(threads.submit(() -> result(start, after)));
        }
        List<String> won = new ArrayList<>();
        for (Future<String> result : results) {
          won.add(result.get());
        }
        won.removeIf("workflow-changed"::equals);
        assertThat(won).hasSize(1);
        assertThat(one).hasContent(won.get(0));
        assertThat(names()).containsExactly("one.json", "two.json");
      }
    } finally {
      threads.shutdown();
    }
  }

  private String result(CyclicBarrier start, String after) throws Exception {
    start.await();
    try {
      Replacement.together(List.of(change(one, "one", after)));
      return after;
    } catch (TidepoolException e) {
      return e.code();
    }
  }

  @Test
  void fileThatStaysTheSameIsNotTouched() throws IOException {
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(one, time);
    Replacement.together(List.of(change(one, "one", "one")));

    assertThat(Files.getLastModifiedTime(one)).isEqualTo(time);
  }

  @Test
  void linkStaysALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), one);
    Replacement.together(List.of(change(link, "one", "1")));

    assertThat(link).isSymbolicLink();
    assertThat(one).hasContent("1");
  }

  private static Change change(Path file, String before, String after) {
    return new Change(
        file, before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
