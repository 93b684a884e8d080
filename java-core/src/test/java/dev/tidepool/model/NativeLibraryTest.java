package dev.tidepool.model;

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
  void anIndexIsOpenedWithoutAProgramAndWithoutALookIntoTheTemporaryFolder() throws Exception {
    Path classes = folder.resolve("classes");
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    String version = org.sqlite.SQLiteJDBCLoader.getVersion();
    Path left = Files.createFile(temporary.resolve("sqlite-" + version + "-left"));
    index("-Xlog:class+load:file=" + classes, "-Djava.io.tmpdir=" + temporary);
    assertThat(Files.readString(classes))
        .contains("org.sqlite.SQLiteJDBCLoader ")
        .doesNotContain("org.sqlite.util.ProcessRunner ", "org.sqlite.util.OSInfo ");
    assertThat(left).exists();
    assertThat(kept()).hasFileName(LibraryLoaderUtil.getNativeLibName());
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
