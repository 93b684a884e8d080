package dev.tidepool.model;

import static dev.tidepool.model.ModelTree.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

/** Processes that open an index, each of which has to load SQLite's native library. */
class NativeLibraryTest {
  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new ModelTree(folder.toRealPath());
    tree.write("loras/one.pt", 1);
  }

  private void index(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
    try (ChildJvm child =
        ChildJvm.start(all, IndexWorker.class, folder.toRealPath(), 9, "through")) {
      child.expect("ready");
      child.expect("done 1");
      assertThat(child.exitCode()).isZero();
    }
  }

  private Path kept() throws IOException {
    try (var files = Files.walk(tree.database().resolveSibling("native"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void theLibraryIsTheOneThatSqliteJdbcWouldTake() {
    assertThat(NativeLibrary.resources()).isEqualTo(LibraryLoaderUtil.getNativeLibResourcePath());
  }

  @Test
  void anIndexIsOpenedWithoutStartingAProgram() throws Exception {
    Path classes = folder.resolve("classes");
    index("-Xlog:class+load:file=" + classes);
    assertThat(Files.readString(classes))
        .contains("org.sqlite.SQLiteJDBCLoader ")
        .doesNotContain("org.sqlite.util.ProcessRunner ", "org.sqlite.util.OSInfo ");
    assertThat(kept()).hasFileName(LibraryLoaderUtil.getNativeLibName());
  }

  @Test
  void aLibraryThatIsLoadedAlreadyIsNotLoadedAgain() throws Exception {
    try (ModelIndex empty = ModelIndex.openToRead(folder.resolve("nowhere/models.db"), CLOCK)) {
      assertThat(empty.files()).isEmpty();
    }
    tree.index();
    try (ModelIndex index = tree.open()) {
      assertThat(index.find(index.files().get(0).key())).hasSize(1);
    }
  }

  @Test
  void aKeptLibraryThatCannotBeLoadedIsLeftAlone() throws Exception {
    index();
    byte[] zeros = new byte[(int) Files.size(kept())];
    Files.write(kept(), zeros);
    index();
    assertThat(kept()).hasBinaryContent(zeros);
  }

  @Test
  void aKeptLibraryThatIsCutOffIsMadeAnew() throws Exception {
    index();
    byte[] whole = Files.readAllBytes(kept());
    Files.write(kept(), new byte[9]);
    index();
    assertThat(kept()).hasBinaryContent(whole);
  }
}
