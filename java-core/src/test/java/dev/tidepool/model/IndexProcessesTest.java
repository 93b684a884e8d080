package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.ChildJvm;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed in the midst of indexing, and several at once. */
class IndexProcessesTest {
  private static final int FILES = 60;
  private static final int BATCH = 4;

  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new ModelTree(folder.toRealPath());
    for (int i = 0; i < FILES; i++) {
      tree.write("loras/" + i + ".pt", i);
    }
  }

  private ChildJvm start(int batch, String way) throws IOException {
    return ChildJvm.start(
        List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")),
        IndexWorker.class,
        folder.toRealPath(),
        batch,
        way);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 30, 59})
  void whatAKilledIndexingCommittedIsNotReadAgain(int steps) throws Exception {
    try (ChildJvm child = start(BATCH, "steps")) {
      child.expect("ready");
      for (int i = 0; i < steps; i++) {
        child.expect("at");
        child.send("go");
      }
      child.expect("at");
      child.kill();
      child.exitCode();
    }
    int committed;
    try (ModelIndex index = tree.open()) {
      committed = index.files().size();
      if (steps > BATCH) {
        assertThat(committed).isBetween(1, FILES - 1);
        assertThat(index.roots()).noneMatch(IndexedRoot::complete);
      }
    }
    IndexReport report = tree.index();
    assertThat(report.added()).isEqualTo(FILES - committed);
    try (ModelIndex index = tree.open()) {
      assertThat(index.files()).hasSize(FILES);
      assertThat(index.roots()).hasSize(1).allMatch(IndexedRoot::complete);
    }
  }

  @Test
  void twoAtOnceDoNotDisturbEachOther() throws Exception {
    for (int i = 0; i < 20; i++) {
      tree.write("vae/copy-" + i + ".pt", i);
    }
    try (ChildJvm one = start(1, "through");
        ChildJvm two = start(1, "through")) {
      one.expect("ready");
      two.expect("ready");
      one.expect("done " + (FILES + 20));
      two.expect("done " + (FILES + 20));
    }
    try (ModelIndex index = tree.open()) {
      assertThat(index.files()).hasSize(FILES + 20);
      assertThat(index.files().stream().map(IndexedFile::key).distinct()).hasSize(FILES);
      assertThat(index.roots()).allMatch(IndexedRoot::complete);
    }
    assertThat(tree.index().hashedBytes()).isZero();
  }

  @Test
  void whatWasReadBeforeAStopIsKept() {
    Progress stopping =
        new Progress() {
          private int left = 20;

          @Override
          public void advance(long units) {
            if (left-- == 0) {
              throw new TidepoolException(ErrorKind.STOPPED, "stopped", "Stopped.");
            }
          }
        };
    try (ModelIndex index = ModelIndex.open(tree.database(), ModelTree.CLOCK, FILES + 1)) {
      List<ModelRoot> roots = List.of(ModelRoot.of(tree.models()));
      assertThatThrownBy(() -> index.index(roots, stopping))
          .isInstanceOfSatisfying(
              TidepoolException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
      int kept = index.files().size();
      assertThat(kept).isBetween(1, FILES - 1);
      assertThat(index.roots()).noneMatch(IndexedRoot::complete);
      assertThat(index.index(roots, Progress.none()).added()).isEqualTo(FILES - kept);
      assertThat(index.roots()).allMatch(IndexedRoot::complete);
    }
  }

  @Test
  void aFileThatTwoProcessesFindAtOnceIsComparedAll() throws IOException {
    Files.delete(tree.models().resolve("loras/0.pt"));
    tree.index();
    try (ModelIndex index = tree.open();
        ModelIndex other = tree.open()) {
      tree.write("vae/new.pt", FILES + 1);
      List<ModelRoot> roots = List.of(ModelRoot.of(tree.models()));
      Progress meanwhile =
          new Progress() {
            private boolean done;

            @Override
            public void total(long units) {
              if (!done) {
                done = true;
                other.index(roots, Progress.none());
              }
            }
          };
      index.index(roots, meanwhile);
      assertThat(index.files().stream().filter(file -> file.name().equals("new.pt"))).hasSize(1);
      assertThat(index.roots()).allMatch(IndexedRoot::complete);
    }
  }
}
