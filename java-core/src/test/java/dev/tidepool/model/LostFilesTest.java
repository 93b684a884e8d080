package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that an indexing does not find, and what becomes of what is known of them. */
class LostFilesTest {
  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new ModelTree(folder.toRealPath());
    Files.createDirectories(tree.models());
  }

  @Test
  void aFileWhoseLinkLeadsToAnUnmountedDiskLosesNothing() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Files.write(disk.resolve("a.pt"), new byte[100]);
    tree.write("vae/b.pt", 1);
    Files.createDirectories(tree.models().resolve("loras"));
    Files.createSymbolicLink(tree.models().resolve("loras/a.pt"), disk.resolve("a.pt"));
    tree.index();
    Files.move(disk, folder.resolve("unplugged"));
    IndexReport report = tree.index();
    assertThat(report.moved()).isZero();
    assertThat(report.gone()).isZero();
    assertThat(tree.paths()).containsExactly("loras/a.pt", "vae/b.pt");
  }

  @Test
  void aFolderWithADotWhoseLinkLeadsNowhereLosesNothing() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Files.write(disk.resolve("a.pt"), new byte[100]);
    tree.write("loras/b.pt", 1);
    Files.createSymbolicLink(tree.models().resolve("loras/sd1.5"), disk);
    Files.createSymbolicLink(tree.models().resolve("loras/notes.txt"), Path.of("nothing"));
    tree.index();
    Files.move(disk, folder.resolve("unplugged"));
    IndexReport report = tree.index();
    assertThat(report.gone()).isZero();
    assertThat(report.unreadable())
        .as("only of links that had models")
        .containsExactly(
            new IndexReport.Unreadable(tree.models().resolve("loras/sd1.5"), Walk.LEADS_NOWHERE));
    assertThat(tree.paths()).containsExactly("loras/b.pt", "loras/sd1.5/a.pt");
  }

  @Test
  void anEmptiedFileIsMissingAndNotMoved() throws IOException {
    Path file = tree.write("loras/a.pt", 1);
    tree.write("loras/b.pt", 2);
    tree.index();
    Files.write(file, new byte[0]);
    IndexReport report = tree.index();
    assertThat(report.moved()).isZero();
    assertThat(report.gone()).isEqualTo(1);
    assertThat(tree.paths()).containsExactly("loras/a.pt missing", "loras/b.pt");
  }

  @Test
  void filesThatBecomePartsOfADiffusersFolderAreNoModelsOfTheirOwn() throws IOException {
    tree.write("diffusers/sd/unet/weights.pt", 1);
    tree.write("loras/b.pt", 2);
    tree.index();
    tree.write("diffusers/sd/model_index.json", new byte[] {'{', '}'});
    assertThat(tree.index().gone()).isZero();
    assertThat(tree.paths()).containsExactly("diffusers/sd", "loras/b.pt");
  }

  @Test
  void aDiffusersFolderWithALostPartStaysTheModelItWas() throws IOException {
    tree.write("diffusers/sd/model_index.json", new byte[] {'{', '}'});
    tree.write("diffusers/sd/vae/weights.pt", 1);
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Files.write(disk.resolve("weights.pt"), new byte[100]);
    Files.createSymbolicLink(tree.models().resolve("diffusers/sd/unet"), disk);
    tree.index();
    String key = tree.key("diffusers/sd");
    Files.move(disk, folder.resolve("unplugged"));
    IndexReport report = tree.index();
    assertThat(report.changed() + report.gone()).isZero();
    assertThat(report.unreadable())
        .extracting(IndexReport.Unreadable::path)
        .containsExactly(tree.models().resolve("diffusers/sd"));
    assertThat(tree.key("diffusers/sd")).isEqualTo(key);
    assertThat(tree.paths()).containsExactly("diffusers/sd");
  }

  @Test
  void aDiffusersFolderWhoseMarkLeadsNowhereStaysTheModelItWas() throws IOException {
    Path mark = Files.write(folder.resolve("mark"), new byte[] {'{', '}'});
    tree.write("diffusers/sd/vae/weights.pt", 1);
    Files.createSymbolicLink(tree.models().resolve("diffusers/sd/model_index.json"), mark);
    tree.index();
    Files.delete(mark);
    tree.index();
    assertThat(tree.paths()).containsExactly("diffusers/sd");
  }

  @Test
  void aFolderIsFoundInItsOwnPlaceHoweverManyLinksLeadToIt() throws IOException {
    tree.write("loras/z/a.pt", 1);
    Path links = Files.createDirectories(tree.models().resolve("checkpoints"));
    for (String link : List.of("a", "b", "c", "d", "e")) {
      Files.createSymbolicLink(links.resolve(link), tree.models().resolve("loras/z"));
    }
    tree.index();
    assertThat(tree.paths()).contains("loras/z/a.pt");
  }

  @Test
  void aNewFolderIsKnownAsIncompleteWhenTheWalkIsStopped() throws IOException {
    tree.write("loras/a.pt", 1);
    Progress stopping =
        new Progress() {
          @Override
          public void advance(long units) {
            throw new IllegalStateException("stopped");
          }
        };
    try (ModelIndex index = tree.open()) {
      assertThatThrownBy(() -> index.index(List.of(ModelRoot.of(tree.models())), stopping))
          .isInstanceOf(IllegalStateException.class);
      assertThat(index.roots())
          .singleElement()
          .satisfies(root -> assertThat(root.complete()).isFalse());
    }
  }

  @Test
  void aRunInOneFolderDoesNotEndTheRunThroughTheRoot() throws IOException {
    tree.write("loras/a.pt", 1);
    tree.write("vae/b.pt", 2);
    tree.index();
    tree.write("loras/c.pt", 3);
    Progress other =
        new Progress() {
          private boolean once;

          @Override
          public void advance(long units) {
            if (!once) {
              once = true;
              beginElsewhere();
            }
          }
        };
    try (ModelIndex index = tree.open()) {
      index.index(List.of(ModelRoot.of(tree.models().resolve("loras"))), other);
      assertThat(index.roots())
          .singleElement()
          .satisfies(root -> assertThat(root.complete()).as("the other has not ended").isFalse());
    }
  }

  /** What another process does that goes through the whole root and is not done yet. */
  private void beginElsewhere() {
    try (Database database = Database.open(tree.database())) {
      database.run("UPDATE tidepool_roots SET started = 7, finished = NULL");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
