package dev.tidepool.harness.golden;

import static dev.tidepool.harness.golden.Samples.file;
import static dev.tidepool.harness.golden.Samples.results;
import static dev.tidepool.harness.golden.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenStoreTest {
  @TempDir Path folder;
  private Path golden;
  private GoldenStore store;

  @BeforeEach
  void open() {
    golden = folder.resolve("a b.golden");
    store = new GoldenStore(golden);
  }

  private static final Results MIXED =
      results(
          "things",
          file("ComfyUI_00012_.png", Samples.png(0xff000000, 0xffffffff)),
          value("{\"a\":[1,2.5,null,\"ü\"]}"),
          file("x.txt", "hello\n".getBytes(StandardCharsets.UTF_8)),
          file("x", new byte[] {0, 1, 2}));

  private List<Difference> differences(Results expected) {
    return Comparison.of(expected, store.read().orElseThrow(), TestSettings.USUAL);
  }

  private List<String> files(Path of) throws IOException {
    try (Stream<Path> list = Files.list(of)) {
      return list.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(store.read()).isEmpty();
    store.write(MIXED);
    assertThat(differences(MIXED)).isEmpty();
    assertThat(files(golden))
        .containsExactly("2.things-1.png", "2.things-3.txt", "2.things-4", "golden.json");
    assertThat(files(folder)).containsExactly("a b.golden");
  }

  @Test
  void replacesAllOfTheOld() throws IOException {
    store.write(MIXED);
    Results next = results("text", value("\"b\""));
    store.write(next);
    assertThat(differences(next)).isEmpty();
    assertThat(files(golden)).containsExactly("golden.json");
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    store.write(MIXED);
    String first = Files.readString(golden.resolve("golden.json"));
    store.write(store.read().orElseThrow());
    assertThat(Files.readString(golden.resolve("golden.json"))).isEqualTo(first);
  }

  @Test
  void keepsFailures() throws IOException {
    Results failed = Samples.failed(new Failure("3", "ValueError", "bad\nvery"));
    store.write(failed);
    assertThat(store.read().orElseThrow()).isEqualTo(failed);
  }

  @Test
  void namesFilesOfStrangeNodesPlainly() throws IOException {
    var nodes = Results.nodes();
    for (String node : List.of("5:3", "5_3", "../../x")) {
      nodes.put(
          node,
          new TreeMap<>(
              java.util.Map.of(
                  "a/b", List.of(file("x.txt", node.getBytes(StandardCharsets.UTF_8))))));
    }
    Results strange = new Results(new TreeSet<>(), new TreeSet<>(), nodes, List.of());
    store.write(strange);
    assertThat(differences(strange)).isEmpty();
    assertThat(files(folder)).containsExactly("a b.golden");
    assertThat(files(golden)).hasSize(4).allMatch(name -> name.matches("[A-Za-z0-9._-]+"));
  }

  @Test
  void bringsTheOldBackWhenAReplacementWasStoppedHalfWay() throws IOException {
    store.write(MIXED);
    Files.move(golden, folder.resolve(".a b.golden.old"));
    Files.createDirectories(folder.resolve(".a b.golden.new"));
    assertThat(differences(MIXED)).isEmpty();
    store.write(MIXED);
    assertThat(files(folder)).containsExactly("a b.golden");
  }

  @Test
  void saysWhatIsDamaged() throws IOException {
    store.write(MIXED);
    Path index = golden.resolve("golden.json");
    String text = Files.readString(index);

    Files.writeString(golden.resolve("2.things-3.txt"), "changed");
    assertDamaged("2.things-3.txt is not what golden.json says");
    Files.delete(golden.resolve("2.things-3.txt"));
    assertDamaged("2.things-3.txt cannot be read");
    Files.writeString(index, text.replace("2.things-3.txt", "../x.txt"));
    assertDamaged("lies elsewhere");
    Files.writeString(index, text.replace("2.things-3.txt", "a\\u0000b"));
    assertDamaged("is no name of a file");
    Files.writeString(index, text.replace("\"format\" : 1", "\"format\" : 9"));
    assertDamaged("reads only 1");
    Files.writeString(index, "{");
    assertDamaged("no JSON");
    Files.delete(index);
    assertDamaged("golden.json is missing");
  }

  @Test
  void followsNoLinkToAnotherFile() throws IOException {
    store.write(MIXED);
    Path file = golden.resolve("2.things-3.txt");
    Files.move(file, folder.resolve("elsewhere.txt"));
    Files.createSymbolicLink(file, folder.resolve("elsewhere.txt"));
    assertDamaged("2.things-3.txt cannot be read");
  }

  @Test
  void findsItsFilesByAnyWayToTheFolder() throws IOException {
    store.write(MIXED);
    store = new GoldenStore(folder.resolve("x/../a b.golden"));
    assertThat(differences(MIXED)).isEmpty();
  }

  private void assertDamaged(String message) {
    assertThatThrownBy(() -> store.read())
        .isInstanceOf(GoldenException.class)
        .hasMessageContaining(message);
  }
}
