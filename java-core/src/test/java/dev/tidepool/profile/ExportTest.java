package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.io.Progress;
import dev.tidepool.pool.Pool;
import dev.tidepool.pool.Slot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  @TempDir Path folder;
  private SmallBase base;
  private Path pool;
  private Path archive;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
    pool = base.root.resolve("sea");
    archive = folder.resolve("sea.zip");
    Files.createDirectories(pool.resolve("deep/er"));
    Files.createDirectories(pool.resolve("empty"));
    SmallBase.image(pool.resolve("deep/er"), "lossy.webp");
    Files.writeString(pool.resolve("notes.txt"), "The sea is calm. ".repeat(100));
    Files.write(pool.resolve("nothing.bin"), new byte[0]);
    Files.write(pool.resolve("zeros.bin"), new byte[3_000_000]);
    SmallBase.image(pool, "still.gif");
  }

  /** Exports the profile again, in a process with its own zone, language and encoding. */
  public static final class Again {
    private Again() {}

    public static void main(String[] arguments) {
      SmallBase base = SmallBase.at(Path.of(arguments[0]));
      base.store.exportTo("sea", Path.of(arguments[1]), Progress.none());
    }
  }

  @Test
  void theSameProfileGivesTheSameBytes() throws IOException {
    export(archive);
    Path second = folder.resolve("second.zip");
    Files.setLastModifiedTime(
        pool.resolve("notes.txt"), java.nio.file.attribute.FileTime.fromMillis(0));
    base.pools.get("sea");

    export(second);

    assertThat(second).hasSameBinaryContentAs(archive);
  }

  @ParameterizedTest
  @CsvSource({"Pacific/Kiritimati, tr, TR", "America/New_York, th, TH", "UTC, ar, EG"})
  void theBytesDependOnNoZoneAndNoLanguage(String zone, String language, String country)
      throws Exception {
    export(archive);
    Path elsewhere = folder.resolve("elsewhere.zip");

    JvmOfItsOwn.plain()
        .options(
            "-Duser.timezone=" + zone,
            "-Duser.language=" + language,
            "-Duser.country=" + country,
            "-Dfile.encoding=ISO-8859-1",
            "-Dline.separator=\r\n")
        .run(Again.class, base.root, elsewhere);

    assertThat(elsewhere).hasSameBinaryContentAs(archive);
  }

  @Test
  void anImportInAnotherBaseExportsToTheSameBytes() throws IOException {
    export(archive);
    SmallBase other = SmallBase.at(folder.resolve("other/grid_pool"));
    Profile copy = other.importArchive(archive);
    Path again = folder.resolve("again.zip");

    other.store.exportTo(copy.id(), again, Progress.none());

    SortedMap<String, String> files = contents(archive);
    files.remove("profile_meta.json");
    assertThat(contents(again)).containsAllEntriesOf(files).hasSize(files.size() + 1);
  }

  @Test
  void readersOfStreamsAndOfFilesUnderstandIt() throws Exception {
    Export export = export(archive);

    SortedMap<String, String> streamed = contents(archive);
    SortedMap<String, String> opened = new TreeMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        opened.put(entry.getName(), text(zip.getInputStream(entry)));
      }
    }
    assertThat(streamed)
        .isEqualTo(opened)
        .containsKeys("profile_meta.json", "pool/masks/wave.png.png", "pool/deep/er/lossy.webp")
        .containsKeys("pool/empty/", "pool/nothing.bin")
        .doesNotContainKeys("pool/profile_meta.json", "pool/.thumbs/facts.tsv");
    assertThat(export.bytes()).isEqualTo(Files.size(archive));
    JvmOfItsOwn.run(List.of("python3", "-m", "zipfile", "-t", archive.toString()), Map.of());
  }

  @Test
  void whatIsCompressedAlreadyIsStored() throws IOException {
    export(archive);

    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (String stored : List.of("wave.png", "dune.jpg", "deep/er/lossy.webp", "still.gif")) {
        assertThat(zip.getEntry("pool/" + stored).getMethod())
            .as(stored)
            .isEqualTo(ZipEntry.STORED);
      }
      ZipEntry notes = zip.getEntry("pool/notes.txt");
      assertThat(notes.getMethod()).isEqualTo(ZipEntry.DEFLATED);
      assertThat(notes.getCompressedSize()).isLessThan(notes.getSize());
      assertThat(zip.getEntry("pool/nothing.bin").getMethod()).isEqualTo(ZipEntry.STORED);
    }
  }

  @Test
  void everythingComesBackByteForByte() throws IOException {
    export(archive);

    Profile copy = base.importArchive(archive);

    assertThat(copy.name()).isEqualTo("Sea (2)");
    assertSame(base.pools.get(copy.id()), base.pools.get("sea"));
    Path copied = base.root.resolve(copy.id());
    for (String file : PoolFiles.of(pool).files().keySet()) {
      if (!file.equals("pool.json")) {
        assertThat(copied.resolve(file)).hasSameBinaryContentAs(pool.resolve(file));
      }
    }
    assertThat(PoolFiles.of(copied).files().keySet())
        .isEqualTo(PoolFiles.of(pool).files().keySet());
    assertThat(copied.resolve("empty")).isEmptyDirectory();
    assertThat(base.pools.fingerprint(copy.id())).isEqualTo(base.pools.fingerprint("sea"));
  }

  @Test
  void aDuplicateHasEverythingToo() throws IOException {
    Profile copy = base.store.duplicate("sea", "Lake", Progress.none());

    assertSame(base.pools.get(copy.id()), base.pools.get("sea"));
    assertThat(base.pools.fingerprint(copy.id())).isEqualTo(base.pools.fingerprint("sea"));
    assertThat(base.root.resolve(copy.id()).resolve("deep/er/lossy.webp"))
        .hasSameBinaryContentAs(pool.resolve("deep/er/lossy.webp"));
    assertThat(base.root.resolve(copy.id()).resolve("empty")).isEmptyDirectory();
  }

  @Test
  void aTargetThatCannotBeWrittenLeavesNothingBehind() throws IOException {
    Files.createDirectories(folder.resolve("taken.zip/full"));
    Files.writeString(folder.resolve("file"), "x");
    BaseSnapshot before = BaseSnapshot.of(folder);

    assertExportFails("storage-failed", folder.resolve("missing/sea.zip"));
    assertExportFails("export-target-invalid", folder.resolve("taken.zip"));
    assertExportFails("storage-failed", folder.resolve("file/sea.zip"));
    assertExportFails("storage-failed", folder.resolve("n".repeat(300) + ".zip"));

    before.assertUnchanged();
  }

  @Test
  void anExportReplacesAnOlderFile() throws IOException {
    Files.writeString(archive, "older");

    export(archive);

    assertThat(contents(archive)).containsKey("profile_meta.json");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"back\\slash.png", "line\nbreak.png", "WAVE.png", "Deep"})
  void whatNoOtherMachineCanHoldIsNamed(String name) throws IOException {
    SmallBase.image(folder, "plain.png");
    Files.copy(folder.resolve("plain.png"), pool.resolve(name));

    base.assertFails(
        "profile-not-portable", () -> base.store.exportTo("sea", archive, Progress.none()));

    assertThat(archive).doesNotExist();
    base.store.duplicate("sea", "Lake", Progress.none());
  }

  @Test
  void aFileWithAnUnreadableNameIsPassedOver() throws Exception {
    JvmOfItsOwn.run(
        List.of(
            "python3",
            "-c",
            "import os, sys; open(os.fsencode(sys.argv[1]) + b'/caf\\xe9.png', 'wb').close()",
            pool.toString()),
        Map.of());

    export(archive);

    assertThat(contents(archive)).containsKey("pool/wave.png").hasSize(12);
    assertThat(base.pools.get("sea").slots()).hasSize(4);
    base.store.duplicate("sea", "Lake", Progress.none());
  }

  private Export export(Path file) {
    return base.store.exportTo("sea", file, Progress.none());
  }

  private void assertExportFails(String code, Path file) {
    SmallBase.assertCode(code, () -> export(file));
  }

  private static void assertSame(Pool copy, Pool original) {
    assertThat(copy.active()).isEqualTo(original.active()).isEqualTo("dune.jpg");
    assertThat(copy.slots())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("modified")
        .isEqualTo(original.slots());
    assertThat(copy.slots())
        .extracting(Slot::name)
        .startsWith("palms.bmp", "dune.jpg", "wave.png")
        .contains("still.gif");
  }

  private static SortedMap<String, String> contents(Path file) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        found.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
        entry = zip.getNextEntry();
      }
    }
    return found;
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
