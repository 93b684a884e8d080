package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Progress;
import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Databases that are damaged, or none, or made to do harm. */
class DamagedIndexTest {
  private static final long SEED = Seeds.seed();
  private static final int MUTATIONS = 100;

  /** How long to try, for a long run by hand; else a hundred mutations. */
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("tidepool.fuzz.seconds", 0));

  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new ModelTree(folder.toRealPath());
    for (int i = 0; i < 30; i++) {
      tree.write("loras/" + i + ".pt", i);
    }
    tree.index();
    try (ModelIndex index = tree.open()) {
      index.addSource(tree.key("loras/1.pt"), "https://example.org/one.pt");
    }
  }

  @Test
  void whatIsNoDatabaseIsSetAside() throws IOException {
    Files.writeString(tree.database(), "this is no database, and long enough to be one".repeat(99));
    try (ModelIndex index = tree.open()) {
      assertThat(index.notes()).singleElement().asString().contains("models.db.corrupt-20260203T");
      assertThat(index.files()).isEmpty();
      index.index(List.of(ModelRoot.of(tree.models())), Progress.none());
      assertThat(index.files()).hasSize(30);
    }
    assertThat(setAside()).hasSize(1);
  }

  @Test
  void sourcesAndRootsAreSavedFromADamagedDatabase() throws Exception {
    try (Database database = Database.open(tree.database())) {
      database.run("DROP TABLE model_locations", "CREATE TABLE model_locations (id INTEGER)");
    }
    try (ModelIndex index = tree.open()) {
      assertThat(index.notes()).singleElement().asString().contains("with 1 of its sources");
      assertThat(index.roots()).hasSize(1).noneMatch(IndexedRoot::complete);
      index.index(List.of(), Progress.none());
      assertThat(index.files()).hasSize(30);
      assertThat(index.sources(tree.key("loras/1.pt"))).hasSize(1);
    }
  }

  @Test
  void savedKeysOfAnotherProgramDoNotBecomeOurs() throws Exception {
    try (Database database = Database.open(tree.database())) {
      database.run(
          "UPDATE models SET tidepool_scheme = NULL",
          "DROP TABLE model_locations",
          "CREATE TABLE model_locations (id INTEGER)");
    }
    try (ModelIndex index = tree.open()) {
      assertThat(index.notes()).singleElement().asString().contains("with 1 of its sources");
    }
    try (Database database = Database.open(tree.database())) {
      assertThat(database.number("SELECT count(*) FROM models")).isEqualTo(1);
      assertThat(database.number("SELECT count(tidepool_scheme) FROM models")).isZero();
    }
  }

  @Test
  void nothingIsSavedFromAViewInPlaceOfATable() throws Exception {
    try (Database database = Database.open(tree.database())) {
      database.run(
          "ALTER TABLE model_sources RENAME TO hidden",
          "CREATE VIEW model_sources AS SELECT * FROM hidden",
          "DROP TABLE model_locations",
          "CREATE TABLE model_locations (id INTEGER)");
    }
    try (ModelIndex index = tree.open()) {
      assertThat(index.notes()).singleElement().asString().doesNotContain("sources");
    }
  }

  @Test
  void onlyBrokenPagesAndOtherFilesAreDamage() {
    assertThat(isDamage(SQLiteErrorCode.SQLITE_CORRUPT)).isTrue();
    assertThat(isDamage(SQLiteErrorCode.SQLITE_NOTADB)).isTrue();
    assertThat(isDamage(SQLiteErrorCode.SQLITE_CONSTRAINT)).isFalse();
    assertThat(isDamage(SQLiteErrorCode.SQLITE_ERROR)).isFalse();
    assertThat(isDamage(SQLiteErrorCode.SQLITE_BUSY)).isFalse();
  }

  private static boolean isDamage(SQLiteErrorCode code) {
    return Database.isDamage(new SQLiteException("failed", code));
  }

  @Test
  void rowsThatLeadOutOfTheirRootAreNoFiles() throws Exception {
    try (Database database = Database.open(tree.database())) {
      database.run(
          "UPDATE model_locations SET relative_path = '../../etc/passwd'"
              + " WHERE relative_path = 'loras/1.pt'",
          "UPDATE model_locations SET relative_path = '/etc/passwd'"
              + " WHERE relative_path = 'loras/2.pt'",
          "UPDATE model_locations SET base_directory = 'not absolute'"
              + " WHERE relative_path = 'loras/3.pt'",
          "UPDATE models SET metadata = '{not json' WHERE rowid = 1");
    }
    assertThat(tree.paths()).hasSize(27).allMatch(path -> path.startsWith("loras/"));
    tree.index();
    assertThat(tree.paths().stream().filter(path -> !path.endsWith("missing"))).hasSize(30);
  }

  /** Found by mutation: an index of the database that disagreed with its table cost a model. */
  @Test
  void aKeyThatIsDamagedInOneOfItsPlacesIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(tree.database());
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    String key = tree.key("loras/7.pt");
    int places = 0;
    for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
      byte[] mutated = whole.clone();
      mutated[at + 5] ^= 1;
      clear();
      Files.write(tree.database(), mutated);
      use();
      places++;
    }
    assertThat(places).as("two tables with an index each").isGreaterThanOrEqualTo(4);
  }

  @Test
  void aMutatedDatabaseWorksOrIsSetAside() throws IOException {
    byte[] whole = Files.readAllBytes(tree.database());
    Random random = new Random(SEED);
    long end = System.nanoTime() + TIME.toNanos();
    for (int i = 0; i < MUTATIONS || System.nanoTime() - end < 0; i++) {
      byte[] mutated = mutated(whole, random);
      clear();
      Files.write(tree.database(), mutated);
      try {
        use();
      } catch (RuntimeException | Error e) {
        Path kept = Files.write(Path.of("target", "mutated-models.db"), mutated);
        throw new AssertionError("seed " + SEED + ", mutation " + i + ", kept as " + kept, e);
      }
    }
  }

  private void use() {
    int tries = 0;
    boolean done = false;
    while (!done) {
      try (ModelIndex index = tree.open()) {
        index.files();
        index.duplicates();
        index.find("abcd");
        index.roots();
        index.index(List.of(ModelRoot.of(tree.models())), Progress.none());
        index.prune(index.prunable(null));
        assertThat(index.files().stream().filter(file -> !file.missing())).hasSizeBetween(30, 31);
        done = true;
      } catch (TidepoolException e) {
        assertThat(e.code()).isEqualTo("model-index-damaged");
        assertThat(++tries).as("set aside again and again").isLessThan(3);
      }
    }
  }

  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        int at = random.nextInt(bytes.length);
        java.util.Arrays.fill(bytes, at, Math.min(bytes.length, at + 4096), (byte) 0);
      }
      default -> {
        for (int i = random.nextInt(20); i >= 0; i--) {
          // Most harm is done in the headers of pages and in the schema.
          int page = random.nextInt(bytes.length / 4096) * 4096;
          int at = random.nextInt(3) == 0 ? random.nextInt(4096) : random.nextInt(120);
          bytes[page + at] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }

  private List<Path> setAside() throws IOException {
    try (Stream<Path> files = Files.list(tree.database().getParent())) {
      return files.filter(file -> file.toString().contains(".corrupt-")).toList();
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(tree.database().getParent())) {
      for (Path file : files.filter(file -> file.toString().contains("models.db")).toList()) {
        Files.delete(file);
      }
    }
  }
}
