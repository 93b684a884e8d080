package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import dev.tidepool.pool.Slot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.model.ZipParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that other programs made, with no more in them than a name and files. */
class ForeignArchiveTest {
  @TempDir Path folder;
  private SmallBase base;
  private Path archive;
  private byte[] image;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
    archive = folder.resolve("archive.zip");
    image = SmallBase.imageBytes("plain.png");
  }

  @Test
  void deflatedEntriesWithSizesBehindThemAreTaken() throws IOException {
    write(Map.of("profile_meta.json", meta("Lake"), "pool/wave.png", image));

    Profile lake = base.importArchive(archive);

    assertThat(lake.name()).isEqualTo("Lake");
    assertThat(base.pools.get(lake.id()).slots())
        .extracting(Slot::name)
        .containsExactly("wave.png");
    assertThat(base.pools.image(lake.id(), "wave.png")).hasBinaryContent(image);
  }

  @Test
  void storedEntriesAreTaken() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.setMethod(ZipOutputStream.STORED);
      putStored(zip, "profile_meta.json", meta("Lake"));
      putStored(zip, "pool/wave.png", image);
      putStored(zip, "pool/empty.txt", new byte[0]);
    }

    Profile lake = base.importArchive(archive);

    assertThat(base.pools.image(lake.id(), "wave.png")).hasBinaryContent(image);
    assertThat(base.root.resolve(lake.id()).resolve("empty.txt")).isEmptyFile();
  }

  @Test
  void theTakenNameBecomesDistinct() throws IOException {
    write(Map.of("profile_meta.json", meta("SEA")));

    assertThat(base.importArchive(archive).name()).isEqualTo("SEA (2)");
    assertThat(base.importArchive(archive).name()).isEqualTo("SEA (3)");
    assertThat(base.store.importFrom(archive, "Mine", Progress.none()).name()).isEqualTo("Mine");
    base.assertFails(
        "profile-name-taken", () -> base.store.importFrom(archive, "sea", Progress.none()));
  }

  @Test
  void whatDoesNotBelongToThePoolIsLeftOut() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("__MACOSX/", new byte[0]);
    entries.put("__MACOSX/pool/._wave.png", image);
    entries.put("pool/", new byte[0]);
    entries.put("pool/wave.png", image);
    entries.put("pool/.thumbs/facts.tsv", meta("x"));
    entries.put("pool/profile_meta.json", meta("Other"));
    entries.put("pool/.wave.png.tmp", image);
    entries.put("README.txt", meta("x"));
    entries.put("profile_meta.json", meta("Lake"));
    write(entries);

    Profile lake = base.importArchive(archive);

    assertThat(base.root.resolve(lake.id()))
        .isDirectoryRecursivelyContaining("glob:**wave.png")
        .isDirectoryNotContaining("glob:**{facts,__MACOSX,README,tmp}*");
    assertThat(lake.name()).isEqualTo("Lake");
    assertThat(base.pools.get(lake.id()).slots()).hasSize(1);
  }

  @Test
  void nestedFoldersAndEmptyOnesSurvive() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("profile_meta.json", meta("Lake"));
    entries.put("pool/deep/er/still/wave.png", image);
    entries.put("pool/empty/", new byte[0]);
    write(entries);

    Path pool = base.root.resolve(base.importArchive(archive).id());

    assertThat(pool.resolve("deep/er/still/wave.png")).hasBinaryContent(image);
    assertThat(pool.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void namesAreReadAsUtf8WhereTheArchiveSaysSo() throws IOException {
    write(
        Map.of(
            "profile_meta.json",
            meta("D\u00fcne \u6d77 \ud83c\udf0a"),
            "pool/D\u00fcne \u6d77 \ud83c\udf0a.png",
            image));

    Profile dune = base.importArchive(archive);

    assertThat(dune.name()).isEqualTo("D\u00fcne \u6d77 \ud83c\udf0a");
    assertThat(base.pools.get(dune.id()).slots())
        .extracting(Slot::name)
        .containsExactly("D\u00fcne \u6d77 \ud83c\udf0a.png");
  }

  @Test
  void anArchiveOfZip4jAndOneWithACommentAreTaken() throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipParameters parameters = new ZipParameters();
      parameters.setFileNameInZip("profile_meta.json");
      zip.addStream(new java.io.ByteArrayInputStream(meta("Lake")), parameters);
      parameters.setFileNameInZip("pool/wave.png");
      zip.addStream(new java.io.ByteArrayInputStream(image), parameters);
      zip.setComment("Made by hand. ".repeat(2000));
    }

    Profile lake = base.importArchive(archive);

    assertThat(base.pools.image(lake.id(), "wave.png")).hasBinaryContent(image);
  }

  @Test
  void anArchiveOfPythonIsTaken() throws Exception {
    String script =
        """
        import sys, zipfile
        with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("profile_meta.json", '{"name": "D\\u00fcne"}')
            z.mkdir("pool") if hasattr(z, "mkdir") else z.writestr("pool/", "")
            z.write(sys.argv[2], "pool/D\u00fcne.png")
            with z.open("pool/big.bin", "w", force_zip64=True) as f:
                f.write(bytes(range(256)) * 100)
        """;
    Path source = SmallBase.image(folder, "plain.png");
    JvmOfItsOwn.run(
        java.util.List.of("python3", "-c", script, archive.toString(), source.toString()),
        Map.of("PYTHONUTF8", "1"));

    Profile dune = base.importArchive(archive);

    assertThat(dune.name()).isEqualTo("D\u00fcne");
    assertThat(base.pools.image(dune.id(), "D\u00fcne.png")).hasBinaryContent(image);
    assertThat(base.root.resolve(dune.id()).resolve("big.bin")).hasSize(25_600);
  }

  private void write(Map<String, byte[]> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  private static void putStored(ZipOutputStream zip, String name, byte[] content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    entry.setSize(content.length);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] meta(String name) {
    return ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
  }
}
