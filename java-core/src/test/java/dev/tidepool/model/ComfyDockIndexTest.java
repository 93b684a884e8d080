package dev.tidepool.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index that comfydock-cli 1.0.11 wrote. Of its five files {@code left} and {@code right} differ
 * behind the 5 MiB that ComfyDock looks at, {@code changed} has been changed since, and {@code
 * gone} is gone.
 */
class ComfyDockIndexTest {
  private static final long FIRST_TIME = 1_700_000_000_123_456_789L;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private ModelTree tree;

  @BeforeEach
  void makeTree() throws IOException, SQLException {
    tree = new ModelTree(folder.toRealPath());
    byte[] large = new byte[6 << 20];
    large[0] = 1;
    at(tree.write("checkpoints/left.safetensors", large), 0);
    at(tree.write("checkpoints/small.safetensors", pattern(1, 4096)), 1);
    at(tree.write("loras/changed.safetensors", pattern(4, 2048)), 20);
    large[large.length - 1] = 9;
    at(tree.write("loras/right.safetensors", large), 4);
    Files.createDirectories(tree.database().getParent());
    write(tree.models());
  }

  private static void at(Path file, long second) throws IOException {
    ModelTree.setTime(file, FIRST_TIME + second * SECOND);
  }

  private void write(Path root) throws IOException, SQLException {
    try (Database database = Database.open(tree.database())) {
      for (String statement : dump().replace("ROOT", root.toString()).split(";\\s*\n")) {
        database.run(statement);
      }
    }
  }

  private static String dump() throws IOException {
    try (var content =
        ComfyDockIndexTest.class.getResourceAsStream("/models/comfydock-1.0.11.sql")) {
      return new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The bytes that the script which made the index wrote. */
  private static byte[] pattern(int seed, int size) {
    byte[] bytes = new byte[size];
    long state = seed;
    for (int i = 0; i < size; i++) {
      state = (state * 1103515245L + 12345L) & 0x7fffffff;
      bytes[i] = (byte) (state >> 16);
    }
    return bytes;
  }

  @Test
  void opensWithEveryRow() {
    assertThat(tree.paths())
        .containsExactly(
            "checkpoints/left.safetensors",
            "checkpoints/small.safetensors",
            "loras/changed.safetensors",
            "loras/gone.safetensors",
            "loras/right.safetensors");
  }

  @Test
  void isHashedAnewAndKeepsItsSources() {
    IndexReport report = tree.index();
    assertThat(report.changed()).isEqualTo(4);
    assertThat(report.gone()).isEqualTo(1);
    String left = tree.key("checkpoints/left.safetensors");
    String right = tree.key("loras/right.safetensors");
    assertThat(left).isNotEqualTo(right);
    try (ModelIndex index = tree.open()) {
      assertThat(urls(index, left))
          .isEqualTo(urls(index, right))
          .containsExactly("https://huggingface.co/x/left/resolve/main/left.safetensors");
      assertThat(index.model(left).orElseThrow().sha256())
          .as("nobody knows whose hash it is")
          .isNull();
      assertThat(index.model("8b11efa2c39f7a77")).as("ComfyDock's key").isEmpty();
      assertThat(urls(index, tree.key("checkpoints/small.safetensors")))
          .containsExactly("https://civitai.com/api/download/models/1");
      assertThat(urls(index, "091a03875439e31f"))
          .as("of what is gone")
          .containsExactly("https://example.org/gone.safetensors");
      assertThat(urls(index, tree.key("loras/changed.safetensors")))
          .as("of what has changed")
          .isEmpty();
      assertThat(urls(index, "3dc51e49e9d9b0cb"))
          .containsExactly("https://example.org/changed.safetensors");
    }
    assertThat(tree.index().hashedBytes()).isZero();
  }

  @Test
  void whatComfyDockWritesOverOursIsHashedAnew() throws SQLException {
    tree.index();
    try (Database database = Database.open(tree.database())) {
      database.run(
          "INSERT INTO models (hash, file_size, first_seen) VALUES ('00112233445566aa', 6291456, 1)",
          "INSERT INTO model_sources (model_hash, source_type, source_url, added_time)"
              + " VALUES ('00112233445566aa', 'url', 'https://example.org/later', 1)",
          "INSERT OR REPLACE INTO model_locations"
              + " (model_hash, base_directory, relative_path, filename, mtime, last_seen)"
              + " VALUES ('00112233445566aa', '"
              + tree.models()
              + "', 'checkpoints/left.safetensors', 'left.safetensors', 1700000000.1234567, 1)");
    }
    assertThat(tree.index().changed()).isEqualTo(1);
    try (ModelIndex index = tree.open()) {
      assertThat(urls(index, tree.key("checkpoints/left.safetensors"))).hasSize(2);
    }
  }

  @Test
  void keepsTheVersionThatComfyDockKnows() throws SQLException {
    tree.index();
    try (Database database = Database.open(tree.database())) {
      assertThat(database.number("SELECT version FROM schema_info")).isEqualTo(9);
      assertThat(database.number("PRAGMA user_version")).isEqualTo(Schema.VERSION);
    }
  }

  @Test
  void tablesThatComfyDockMadeAnewGetOurColumnsAgain() throws SQLException {
    tree.index();
    try (Database database = Database.open(tree.database())) {
      database.run("DROP TABLE model_sources", "DROP TABLE model_locations", "DROP TABLE models");
      database.run(
          "CREATE TABLE models (hash TEXT PRIMARY KEY, file_size INTEGER NOT NULL,"
              + " blake3_hash TEXT, sha256_hash TEXT, first_seen INTEGER NOT NULL,"
              + " metadata TEXT DEFAULT '{}')");
    }
    assertThat(tree.index().added()).isEqualTo(4);
  }

  @Test
  void noWholeHashOfASharedKeyIsTakenOverInWhateverOrderFoldersAreIndexed() throws SQLException {
    try (Database database = Database.open(tree.database())) {
      database.run("UPDATE models SET blake3_hash = 'b' || hash WHERE hash = '8b11efa2c39f7a77'");
    }
    tree.index(tree.models().resolve("checkpoints"));
    tree.index(tree.models().resolve("loras"));
    try (ModelIndex index = tree.open()) {
      assertThat(index.model(tree.key("checkpoints/left.safetensors")).orElseThrow().blake3())
          .isNull();
      assertThat(index.model(tree.key("loras/right.safetensors")).orElseThrow().blake3()).isNull();
    }
  }

  @Test
  void verifyingBeforeTheFirstIndexingKeepsEverySource() {
    try (ModelIndex index = tree.open()) {
      assertThat(index.verify(index.files(), Progress.none())).allMatch(Verification::holds);
    }
    tree.index();
    try (ModelIndex index = tree.open()) {
      assertThat(urls(index, tree.key("checkpoints/small.safetensors")))
          .containsExactly("https://civitai.com/api/download/models/1");
    }
  }

  private static List<String> urls(ModelIndex index, String key) {
    return index.sources(key).stream().map(ModelSource::url).toList();
  }
}
