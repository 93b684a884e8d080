package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.hash.FileDigest;
import dev.tidepool.hash.FileHasher;
import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelIndexTest {
  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new ModelTree(folder.toRealPath());
    Files.createDirectories(tree.models());
  }

  @Test
  void findsEveryExtensionInAnyCaseAndNothingElse() throws IOException {
    for (String name :
        List.of(
            "a.safetensors",
            "b.SFT",
            "c.CkPt",
            "d.pt",
            "e.pt2",
            "f.pth",
            "g.BIN",
            "h.gguf",
            "i.onnx",
            "j.pkl")) {
      tree.write("loras/" + name, name.charAt(0));
    }
    tree.write("loras/notes.txt", 1);
    tree.write("loras/.hidden.pt", 2);
    tree.write("loras/.cache/k.pt", 3);
    tree.write("loras/pt", 4);
    tree.write("loras/short.pt", new byte[7]);
    assertThat(tree.index().files()).isEqualTo(10);
    assertThat(tree.paths())
        .containsExactly(
            "loras/a.safetensors",
            "loras/b.SFT",
            "loras/c.CkPt",
            "loras/d.pt",
            "loras/e.pt2",
            "loras/f.pth",
            "loras/g.BIN",
            "loras/h.gguf",
            "loras/i.onnx",
            "loras/j.pkl");
  }

  @Test
  void followsLinksAndEndsLoops() throws IOException {
    tree.write("loras/a.pt", 1);
    Path away = Files.createDirectories(folder.resolve("away"));
    Files.write(away.resolve("b.pt"), new byte[100]);
    Files.createSymbolicLink(tree.models().resolve("loras/there"), away);
    Files.createSymbolicLink(tree.models().resolve("loras/again.pt"), Path.of("a.pt"));
    Files.createSymbolicLink(tree.models().resolve("loras/up"), tree.models());
    Files.createSymbolicLink(away.resolve("self"), away);
    Files.createSymbolicLink(tree.models().resolve("loras/nowhere.pt"), Path.of("nothing"));
    IndexReport report = tree.index();
    assertThat(tree.paths()).containsExactly("loras/a.pt", "loras/again.pt", "loras/there/b.pt");
    assertThat(report.hashedBytes()).as("a link's target is read once").isEqualTo(1001 + 100);
    assertThat(report.unreadable())
        .containsExactly(
            new IndexReport.Unreadable(
                tree.models().resolve("loras/nowhere.pt"), Walk.LEADS_NOWHERE));
  }

  @Test
  void aMazeOfLinksEnds() throws IOException {
    for (int i = 0; i < 12; i++) {
      Files.createDirectories(tree.models().resolve("d" + i));
    }
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        Files.createSymbolicLink(
            tree.models().resolve("d" + i + "/l" + j), tree.models().resolve("d" + j));
      }
    }
    tree.write("d0/a.pt", 1);
    assertThat(tree.index().files()).isBetween(1, 5);
  }

  @Test
  void overlappingRootsHoldEachFileOnce() throws IOException {
    tree.write("loras/a.pt", 1);
    tree.write("loras/sub/b.pt", 2);
    tree.write("vae/c.pt", 3);
    List<String> all = List.of("loras/a.pt", "loras/sub/b.pt", "vae/c.pt");
    tree.index(tree.models().resolve("loras"));
    assertThat(tree.paths()).containsExactly("loras/a.pt", "loras/sub/b.pt");
    IndexReport outer = tree.index(tree.models(), tree.models().resolve("loras/sub"));
    assertThat(outer.added()).as("only what was not known").isEqualTo(1);
    assertThat(tree.paths()).containsExactlyInAnyOrderElementsOf(all);
    IndexReport inner = tree.index(tree.models().resolve("vae"));
    assertThat(inner.files()).isEqualTo(1);
    assertThat(tree.index().hashedBytes()).isZero();
    assertThat(tree.paths()).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void withoutChangesNothingIsReadOrWritten() throws IOException {
    tree.write("loras/a.pt", 1);
    tree.index();
    byte[] before = Files.readAllBytes(tree.database());
    IndexReport again = tree.index();
    assertThat(again.hashedBytes()).isZero();
    assertThat(again.added() + again.changed() + again.moved() + again.gone()).isZero();
    assertThat(Files.readAllBytes(tree.database())).isEqualTo(before);
  }

  @Test
  void movedFileKeepsItsKeyAndSourcesUnread() throws IOException {
    Path file = tree.write("loras/a.pt", 1);
    tree.index();
    String key = tree.key("loras/a.pt");
    try (ModelIndex index = tree.open()) {
      assertThat(index.addSource(key, "https://civitai.com/models/1")).isTrue();
      assertThat(index.addSource(key, "https://civitai.com/models/1")).isFalse();
    }
    Files.createDirectories(tree.models().resolve("vae/new"));
    Files.move(file, tree.models().resolve("vae/new/b.pt"));
    IndexReport report = tree.index();
    assertThat(report.moved()).isEqualTo(1);
    assertThat(report.hashedBytes()).isZero();
    assertThat(tree.paths()).containsExactly("vae/new/b.pt");
    assertThat(tree.key("vae/new/b.pt")).isEqualTo(key);
    try (ModelIndex index = tree.open()) {
      assertThat(index.sources(key))
          .containsExactly(new ModelSource("civitai", "https://civitai.com/models/1", 1770091506));
    }
  }

  @Test
  void filesThatChangeNamesKeepTheirKeys() throws IOException {
    Path a = tree.write("loras/a.pt", 1);
    Path b = tree.write("loras/b.pt", 2);
    tree.index();
    String keyOfA = tree.key("loras/a.pt");
    String keyOfB = tree.key("loras/b.pt");
    Path c = a.resolveSibling("c.tmp");
    Files.move(a, c);
    Files.move(b, a);
    Files.move(c, b);
    assertThat(tree.index().hashedBytes()).isZero();
    assertThat(tree.key("loras/a.pt")).isEqualTo(keyOfB);
    assertThat(tree.key("loras/b.pt")).isEqualTo(keyOfA);
  }

  @Test
  void fileMovedToAnotherDiskIsReadAndLeavesNoTraceBehind() throws IOException {
    Path file = tree.write("loras/a.pt", 1);
    tree.index();
    Path copy = tree.write("vae/a.pt", 1);
    ModelTree.setTime(copy, 1_700_000_000_000_000_000L);
    Files.delete(file);
    IndexReport report = tree.index();
    assertThat(report.moved()).isEqualTo(1);
    assertThat(report.added()).isZero();
    assertThat(tree.paths()).containsExactly("vae/a.pt");
  }

  @Test
  void rewrittenFileOfTheSameSizeAndTimeIsReadAgain() throws IOException {
    Path file = tree.write("loras/a.pt", new byte[1000]);
    tree.index();
    String key = tree.key("loras/a.pt");
    byte[] other = new byte[1000];
    other[500] = 1;
    ModelTree.replace(file, other);
    assertThat(tree.index().changed()).isEqualTo(1);
    assertThat(tree.key("loras/a.pt")).isNotEqualTo(key);
  }

  @Test
  void grownFileOfTheSameTimeIsReadAgain() throws IOException {
    Path file = tree.write("loras/a.pt", new byte[1000]);
    ModelTree.setTime(file, 1_700_000_000_000_000_000L);
    tree.index();
    Files.write(file, new byte[1001]);
    ModelTree.setTime(file, 1_700_000_000_000_000_000L);
    assertThat(tree.index().changed()).isEqualTo(1);
  }

  @Test
  void vanishedFileIsMarkedAndWelcomedBackUnread() throws IOException {
    Path file = tree.write("loras/a.pt", 1);
    tree.write("loras/b.pt", 2);
    tree.index();
    Path away = folder.resolve("a.pt");
    Files.move(file, away);
    assertThat(tree.index().gone()).isEqualTo(1);
    assertThat(tree.index().gone()).as("is told once").isZero();
    assertThat(tree.paths()).containsExactly("loras/a.pt missing", "loras/b.pt");
    Files.move(away, file);
    assertThat(tree.index().hashedBytes()).isZero();
    assertThat(tree.paths()).containsExactly("loras/a.pt", "loras/b.pt");
  }

  @Test
  void aRootThatIsNotMountedLosesNothing() throws IOException {
    tree.write("loras/a.pt", 1);
    tree.index();
    Path away = folder.resolve("away");
    Files.move(tree.models(), away);
    assertThat(tree.index().unavailable()).containsExactly(tree.models());
    Files.createDirectory(tree.models());
    assertThat(tree.index().unavailable()).containsExactly(tree.models());
    assertThat(tree.paths()).containsExactly("loras/a.pt");
    assertThatThrownBy(() -> tree.index(folder.resolve("never")))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.code()).isEqualTo("models-folder-not-found"));
  }

  @Test
  void aFolderThatIsNoLongerReachedThroughItsLinkLosesNothing() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Files.write(disk.resolve("a.pt"), new byte[100]);
    tree.write("vae/b.pt", 1);
    Files.createSymbolicLink(tree.models().resolve("loras"), disk);
    tree.index();
    Files.move(disk, folder.resolve("unplugged"));
    assertThat(tree.index().gone()).isZero();
    assertThat(tree.paths()).containsExactly("loras/a.pt", "vae/b.pt");
  }

  @Test
  void diffusersFolderIsOneModelByItsWeights() throws IOException {
    tree.write("diffusers/sd/model_index.json", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
    tree.write("diffusers/sd/unet/weights.safetensors", 1);
    tree.write("diffusers/sd/README.md", 2);
    tree.index();
    assertThat(tree.paths()).containsExactly("diffusers/sd");
    String key = tree.key("diffusers/sd");
    tree.write("diffusers/sd/README.md", 3);
    assertThat(tree.index().changed()).isZero();
    Files.move(tree.models().resolve("diffusers/sd"), tree.models().resolve("diffusers/renamed"));
    IndexReport moved = tree.index();
    assertThat(moved.moved()).isEqualTo(1);
    assertThat(moved.hashedBytes()).isZero();
    assertThat(tree.key("diffusers/renamed")).isEqualTo(key);
    tree.write("diffusers/renamed/unet/weights.safetensors", 4);
    assertThat(tree.index().changed()).isEqualTo(1);
    assertThat(tree.key("diffusers/renamed")).isNotEqualTo(key);
  }

  @Test
  void equalFilesAreOneModelAndLinksAreNoDuplicates() throws IOException {
    Path file = tree.write("loras/a.pt", 1);
    tree.write("loras/b.pt", 2);
    Files.createSymbolicLink(tree.models().resolve("loras/link.pt"), file);
    tree.index();
    try (ModelIndex index = tree.open()) {
      assertThat(index.duplicates()).isEmpty();
    }
    tree.write("vae/copy.pt", 1);
    IndexReport report = tree.index();
    assertThat(report.collisions()).isZero();
    assertThat(tree.key("vae/copy.pt")).isEqualTo(tree.key("loras/a.pt"));
    try (ModelIndex index = tree.open()) {
      assertThat(index.duplicates().stream().map(IndexedFile::fullPath))
          .containsExactly("loras/a.pt", "loras/link.pt", "vae/copy.pt");
    }
  }

  @Test
  void verifyingFindsWhatNoStampShows() throws IOException {
    Path file = tree.write("loras/a.pt", new byte[1000]);
    tree.write("loras/b.pt", 1);
    ModelTree.setTime(file, 1_700_000_000_000_000_000L);
    tree.index();
    byte[] other = new byte[1000];
    other[1] = 1;
    Files.write(file, other);
    ModelTree.setTime(file, 1_700_000_000_000_000_000L);
    assertThat(tree.index().hashedBytes()).as("in place, same size and time").isZero();
    try (ModelIndex index = tree.open()) {
      assertThat(index.verify(index.files(), Progress.none()))
          .extracting(Verification::reason)
          .containsExactly("its content is another one", "");
    }
    assertThat(tree.index().changed()).isEqualTo(1);
    try (ModelIndex index = tree.open()) {
      assertThat(index.verify(index.files(), Progress.none())).allMatch(Verification::holds);
    }
  }

  @Test
  void pruningForgetsWhatHasNoFileLeft() throws IOException {
    Path lonely = tree.write("loras/lonely.pt", 1);
    Path twin = tree.write("loras/twin.pt", 2);
    tree.write("vae/twin.pt", 2);
    tree.index();
    String lonelyKey = tree.key("loras/lonely.pt");
    String twinKey = tree.key("vae/twin.pt");
    try (ModelIndex index = tree.open()) {
      index.addSource(lonelyKey, "https://example.org/lonely");
      index.addSource(twinKey, "https://example.org/twin");
    }
    Files.delete(lonely);
    Files.delete(twin);
    tree.index();
    try (ModelIndex index = tree.open()) {
      Removal removal = index.prunable(null);
      assertThat(removal.files()).hasSize(2);
      assertThat(removal.models()).extracting(IndexedModel::key).containsExactly(lonelyKey);
      tree.write("loras/lonely.pt", 1);
      tree.index();
      index.prune(removal);
      assertThat(index.sources(lonelyKey)).as("it came back").hasSize(1);
      assertThat(index.sources(twinKey)).hasSize(1);
      assertThat(tree.paths()).containsExactly("loras/lonely.pt", "vae/twin.pt");
      index.prune(index.prunable(tree.models()));
      assertThat(index.files()).isEmpty();
      assertThat(index.roots()).isEmpty();
      assertThat(index.model(twinKey)).isEmpty();
    }
  }

  @Test
  void noModelIsForgottenWhileAFolderIsAway() throws IOException {
    Path lonely = tree.write("loras/lonely.pt", 1);
    tree.write("loras/kept.pt", 2);
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Files.write(disk.resolve("a.pt"), new byte[100]);
    tree.index(tree.models(), disk);
    Files.delete(lonely);
    Path away = folder.resolve("away");
    Files.move(disk, away);
    tree.index(tree.models());
    try (ModelIndex index = tree.open()) {
      assertThat(index.prunable(null).files()).hasSize(1);
      assertThat(index.prunable(null).models()).as("its file may be there").isEmpty();
      assertThat(index.prunable(disk).models()).hasSize(2);
      Files.move(away, disk);
      assertThat(index.prunable(null).models()).hasSize(1);
    }
  }

  @Test
  void modelIsFoundByTheBeginningOfEachHash() throws IOException {
    Path file = tree.write("loras/a.pt", 1);
    tree.index();
    String key = tree.key("loras/a.pt");
    FileDigest digest = new FileHasher(1).full(file, bytes -> {});
    try (ModelIndex index = tree.open()) {
      index.storeDigest(key, digest);
      for (String prefix :
          List.of(
              key,
              key.substring(0, 4),
              digest.blake3().substring(0, 10),
              digest.sha256(),
              digest.sha256().toUpperCase(java.util.Locale.ROOT).substring(0, 12))) {
        assertThat(index.find(prefix)).as(prefix).extracting(IndexedModel::key).contains(key);
      }
      assertThat(index.find("")).isEmpty();
      assertThat(index.find("%")).isEmpty();
      assertThat(index.find(key.substring(0, 3))).as("too short").isEmpty();
    }
  }

  @Test
  void lookingIntoAnIndexThatIsNotThereMakesNone() {
    try (ModelIndex index = ModelIndex.openToRead(tree.database(), ModelTree.CLOCK)) {
      assertThat(index.files()).isEmpty();
      assertThat(index.roots()).isEmpty();
    }
    assertThat(tree.database().getParent()).doesNotExist();
  }

  @Test
  void typedRootsNameWhatTheirFilesAreFor() throws IOException {
    tree.write("Lora/a.pt", 1);
    try (ModelIndex index = tree.open()) {
      Path lora = tree.models().resolve("Lora");
      index.index(
          List.of(new ModelRoot(lora, "loras"), ModelRoot.of(tree.models())), Progress.none());
    }
    assertThat(tree.paths()).containsExactly("loras/a.pt");
  }
}
