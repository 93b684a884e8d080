package dev.tidepool.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir Path parent;

  /** Makes one, and waits. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws IOException {
      WorkFolder work = WorkFolder.in(Path.of(arguments[0]));
      Files.writeString(work.path().resolve("half"), "half");
      System.out.println(work.path().getFileName());
      System.in.read();
    }
  }

  @Test
  void whatAProcessThatWasKilledLeftGoesWithTheNextAndWhatIsInUseStays() throws Exception {
    Path other = Files.createDirectory(parent.resolve(".tidepool-other.tmp"));
    Files.writeString(other.resolve("content"), "of another kind");
    try (ChildJvm alive = ChildJvm.start(Worker.class, parent);
        ChildJvm dead = ChildJvm.start(Worker.class, parent)) {
      Path used = parent.resolve(String.valueOf(alive.read()));
      Path left = parent.resolve(String.valueOf(dead.read()));
      dead.kill();
      dead.ended().get();
      try (WorkFolder first = WorkFolder.in(parent);
          WorkFolder second = WorkFolder.in(parent)) {
        assertThat(Folders.children(parent))
            .containsExactlyInAnyOrder(other, used, first.path(), second.path());
        assertThat(used.resolve("half")).exists();
      }
      assertThat(Folders.children(parent)).containsExactlyInAnyOrder(other, used);
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void whatWasLeftEmptyGoesToo() throws IOException {
    Files.createDirectory(parent.resolve(".tidepool-1-0-left.tmp"));
    WorkFolder.in(parent).close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void linkThatIsNamedLikeWhatWasLeftIsNotFollowed() throws IOException {
    Path store = Files.createDirectory(parent.resolve("grid_pool"));
    Files.createFile(store.resolve(".lock"));
    Files.writeString(store.resolve("pool.json"), "{}");
    Path link = Files.createSymbolicLink(parent.resolve(".tidepool-1-1-x.tmp"), store);
    WorkFolder.in(parent).close();
    assertThat(store.resolve("pool.json")).hasContent("{}");
    assertThat(store.resolve(".lock")).exists();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void lockThatIsALinkIsNotFollowed() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "mine");
    Path strange = Files.createDirectory(parent.resolve(".tidepool-1-1-x.tmp"));
    Files.createSymbolicLink(strange.resolve(".lock"), file);
    Path kept = Files.writeString(strange.resolve("kept"), "kept");
    WorkFolder.in(parent).close();
    assertThat(kept).exists();
  }

  @Test
  void folderOfAnotherKindStaysWhateverIsInIt() throws IOException {
    Path other = Files.createDirectory(parent.resolve(".tidepool-other.tmp"));
    Files.createFile(other.resolve(".lock"));
    Path kept = Files.writeString(other.resolve("kept"), "kept");
    WorkFolder.in(parent).close();
    assertThat(kept).exists();
  }

  @Test
  void plainFileThatIsNamedLikeWhatWasLeftHindersNobody() throws IOException {
    Path file = Files.writeString(parent.resolve(".tidepool-1-1-x.tmp"), "of another writer");
    Path strange = Files.createDirectory(parent.resolve(".tidepool-1-2-x.tmp"));
    Files.createDirectory(strange.resolve(".lock"));
    WorkFolder.in(parent).close();
    assertThat(file).exists();
    assertThat(strange).exists();
  }
}
