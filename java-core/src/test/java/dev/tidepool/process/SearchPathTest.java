package dev.tidepool.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchPathTest {
  @TempDir Path folder;

  @Test
  void programsComeInTheOrderOfTheFoldersAndNothingElseIsOne() throws IOException {
    Path second = program("second/tool");
    Path first = program("first/tool");
    Files.createDirectories(folder.resolve("third/tool"));
    Files.createFile(Files.createDirectories(folder.resolve("fourth")).resolve("tool"));
    String path =
        String.join(
            File.pathSeparator,
            "",
            folder.resolve("missing").toString(),
            folder.resolve("third").toString(),
            folder.resolve("first").toString(),
            folder.resolve("fourth").toString(),
            folder.resolve("second").toString());
    SearchPath found = SearchPath.of(Map.of("PATH", path));
    assertThat(found.folders()).hasSize(5);
    assertThat(found.programs("tool")).containsExactly(first, second);
    assertThat(found.programs("other")).isEmpty();
  }

  @Test
  void withoutThatVariableThereIsNone() {
    assertThat(SearchPath.of(Map.of()).programs("sh")).isEmpty();
  }

  private Path program(String name) throws IOException {
    Path program = folder.resolve(name);
    Files.createDirectories(program.resolveSibling(""));
    Files.createFile(program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
