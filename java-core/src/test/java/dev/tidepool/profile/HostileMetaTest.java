package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives whose {@code profile_meta.json} or {@code pool.json} is not what it should be. */
class HostileMetaTest {
  @TempDir Path folder;
  private SmallBase base;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no JSON",
        "[]",
        "null",
        "\"Sea\"",
        "{}",
        "{\"name\":1}",
        "{\"name\":null}",
        "{\"name\":[\"Sea\"]}",
        "{\"name\":\"Sea\"",
        "{\"name\":\"Sea\"} and more",
        "{\"name\":\"\\u00",
      })
  void metaThatGivesNoNameIsRefused(String meta) throws IOException {
    base.assertRefuses(archive(meta.getBytes(StandardCharsets.UTF_8)), "archive-not-a-profile");
  }

  @Test
  void metaThatIsMissingOrAFolderIsRefused() throws IOException {
    ZipForge missing = new ZipForge();
    missing.add("pool/wave.png", SmallBase.imageBytes("plain.png"));
    base.assertRefuses(missing.write(folder.resolve("missing.zip")), "archive-not-a-profile");

    ZipForge nested = new ZipForge();
    nested.add("profile_meta.json/", "");
    nested.add("sub/profile_meta.json", "{\"name\":\"Sea\"}");
    base.assertRefuses(nested.write(folder.resolve("nested.zip")), "archive-not-a-profile");
  }

  @Test
  void metaThatIsNoUtf8IsRefused() throws IOException {
    byte[] latin = "{\"name\":\"D\u00fcne\"}".getBytes(StandardCharsets.ISO_8859_1);

    base.assertRefuses(archive(latin), "archive-not-a-profile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void metaThatNestsDeeplyIsRefused(String opening) throws IOException {
    String deep = "{\"name\":\"Sea\",\"x\":" + opening.repeat(100_000);

    base.assertRefuses(archive(deep.getBytes(StandardCharsets.UTF_8)), "archive-not-a-profile");
  }

  @Test
  void oversizedMetaIsRefused() throws IOException {
    String large = "{\"name\":\"Sea\",\"x\":\"" + "x".repeat(1 << 20) + "\"}";
    ZipForge forge = new ZipForge();
    byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
    forge.add("profile_meta.json", bytes).stored(bytes);
    base.assertRefuses(forge.write(folder.resolve("large.zip")), "archive-not-a-profile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "\\u0000",
        "a\\nb",
        "a\\u0085b",
        "\\ud800",
        "x\\udc00",
        "\\u2028",
        "0123456789012345678901234567890123456789012345678901234567890"
            + "12345678901234567890123456789012345678901234567890123456789_",
      })
  void badNamesAreRefused(String name) throws IOException {
    base.assertRefuses(
        archive(("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8)),
        "profile-name-invalid");
  }

  @Test
  void anExplicitNameWinsOverABadOne() throws IOException {
    Path archive = archive("{\"name\":\"\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(base.store.importFrom(archive, "Lake", Progress.none()).name()).isEqualTo("Lake");
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    base.assertRefuses(
        archive("{\"name\":\"Sea\",\"format\":2}".getBytes(StandardCharsets.UTF_8)),
        "archive-version-unsupported");

    ZipForge forge = ZipForge.named("Sea");
    forge.add("pool/pool.json", "{\"version\":2,\"slots\":[]}");
    base.assertRefuses(forge.write(folder.resolve("pool.zip")), "pool-version-unsupported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"slots\":[{\"name\":\"../../profiles.json\"}]}",
        "{\"slots\":[{\"name\":\"wave.png\",\"label\":\"\\ud800\"}]}",
        "{\"slots\":[],\"active\":\"\\udfff\"}",
        "{\"removal\":{\"place\":\"../..\",\"names\":[\"wave.png\"]}}",
        "{\"removal\":{\"place\":\"1\",\"names\":[\"../../profiles.json\"]}}",
      })
  void aDamagedArrangementCostsOnlyTheArrangement(String pool) throws IOException {
    ZipForge forge = ZipForge.named("Lake");
    byte[] image = SmallBase.imageBytes("plain.png");
    forge.add("pool/wave.png", image);
    forge.add("pool/pool.json", pool);

    Profile lake = base.importArchive(forge.write(folder.resolve("lake.zip")));

    base.pools.label(lake.id(), "wave.png", "Wave");
    assertThat(base.pools.get(lake.id()).slots())
        .singleElement()
        .satisfies(slot -> assertThat(slot.label()).isEqualTo("Wave"));
    assertThat(base.pools.image(lake.id(), "wave.png")).hasBinaryContent(image);
  }

  private Path archive(byte[] meta) throws IOException {
    ZipForge forge = new ZipForge();
    forge.add("profile_meta.json", meta);
    forge.add("pool/wave.png", SmallBase.imageBytes("plain.png"));
    return forge.write(folder.resolve("meta.zip"));
  }
}
