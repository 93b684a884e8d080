package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that differ only where the quick key does not look. */
class CollisionTest {
  private static final long SIZE = 60L << 20;

  /** Between the first window, which ends at 15 MiB, and the middle one, from 22.5 MiB. */
  private static final long UNSEEN = 18L << 20;

  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new ModelTree(folder.toRealPath());
    tree.sparse("loras/a.pt", SIZE, UNSEEN);
    tree.index();
  }

  @Test
  void areTwoModelsWithTheirFullHashes() throws IOException {
    tree.sparse("loras/b.pt", SIZE, UNSEEN + 1);
    IndexReport report = tree.index();
    assertThat(report.collisions()).isEqualTo(1);
    String first = tree.key("loras/a.pt");
    String second = tree.key("loras/b.pt");
    try (ModelIndex index = tree.open()) {
      IndexedModel a = index.model(first).orElseThrow();
      IndexedModel b = index.model(second).orElseThrow();
      assertThat(a.blake3()).hasSize(64).isNotEqualTo(b.blake3());
      assertThat(a.sha256()).hasSize(64).isNotEqualTo(b.sha256());
      assertThat(second).isEqualTo(first + "-" + String.valueOf(b.blake3()).substring(0, 16));
    }
  }

  @Test
  void areRecognisedInEveryLaterCopy() throws IOException {
    tree.sparse("loras/b.pt", SIZE, UNSEEN + 1);
    tree.index();
    tree.sparse("vae/a.pt", SIZE, UNSEEN);
    tree.sparse("vae/b.pt", SIZE, UNSEEN + 1);
    assertThat(tree.index().collisions()).isZero();
    assertThat(tree.key("vae/a.pt")).isEqualTo(tree.key("loras/a.pt"));
    assertThat(tree.key("vae/b.pt")).isEqualTo(tree.key("loras/b.pt"));
  }

  @Test
  void areToldApartByTheStoredHashWhenTheFirstIsGone() throws IOException {
    Path second = tree.sparse("loras/b.pt", SIZE, UNSEEN + 1);
    tree.index();
    String key = tree.key("loras/b.pt");
    Files.delete(second);
    Files.delete(tree.models().resolve("loras/a.pt"));
    tree.write("vae/kept.pt", 1);
    tree.index();
    tree.sparse("vae/b.pt", SIZE, UNSEEN + 1);
    tree.index();
    assertThat(tree.key("vae/b.pt")).isEqualTo(key);
    tree.sparse("vae/c.pt", SIZE, UNSEEN + 2);
    assertThat(tree.index().collisions()).isEqualTo(1);
  }

  @Test
  void areToldApartWhenTheFirstComesBack() throws IOException {
    tree.write("vae/kept.pt", 1);
    tree.index();
    Path first = tree.models().resolve("loras/a.pt");
    Path away = folder.resolve("away");
    Files.move(first, away);
    tree.index();
    tree.sparse("loras/b.pt", SIZE, UNSEEN + 1);
    tree.index();
    Files.move(away, first);
    tree.index();
    assertThat(tree.key("loras/a.pt")).isNotEqualTo(tree.key("loras/b.pt"));
  }

  @Test
  void areToldApartByTheirKeysWhenNoHashIsStored() throws IOException, java.sql.SQLException {
    Path second = tree.sparse("loras/b.pt", SIZE, UNSEEN + 1);
    tree.index();
    String key = tree.key("loras/b.pt");
    Files.delete(second);
    tree.index();
    try (Database database = Database.open(tree.database())) {
      database.run("UPDATE models SET blake3_hash = NULL");
    }
    tree.sparse("vae/c.pt", SIZE, UNSEEN + 2);
    assertThat(tree.index().collisions()).isEqualTo(1);
    tree.sparse("vae/b.pt", SIZE, UNSEEN + 1);
    tree.index();
    assertThat(tree.key("vae/b.pt")).isEqualTo(key);
  }
}
