package dev.tidepool.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives whose entries want to be somewhere or something that they must not be. */
class HostileArchiveTest {
  @TempDir Path folder;
  private SmallBase base;
  private Path archive;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("input/grid_pool"));
    archive = folder.resolve("archive.zip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.png",
        "pool/../../evil.png",
        "pool/..",
        "pool/../evil.png",
        "..",
        "pool/./wave.png",
        "/etc/evil.png",
        "//server/share/evil.png",
        "C:/evil.png",
        "c:evil.png",
        "pool\\..\\..\\evil.png",
        "pool\\wave.png",
        "\\\\server\\evil.png",
        "pool/wave\\",
        "pool//wave.png",
        "pool/wave.png//",
        "/",
        "pool/a\u0000.png",
        "pool/a\n.png",
        "pool/a\u001b[2J.png",
        "pool/a\u007f.png",
        "pool/a\u0085.png",
        "pool/a\u2028.png",
      })
  void entriesThatLeaveTheirPlaceAreRefused(String name) throws IOException {
    ZipForge forge = ZipForge.named("Evil");
    forge.add(name, "evil");

    base.assertRefuses(forge.write(archive), "archive-entry-unsafe");

    assertThat(folder.resolve("input")).isDirectoryNotContaining("glob:**evil*");
  }

  @Test
  void aNameOfMoreThanAThousandCharactersIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Long");
    forge.add("pool/" + "a/".repeat(500) + "b.png", "x");

    base.assertRefuses(forge.write(archive), "archive-entry-unsafe");
  }

  @Test
  void aNameThatTheFileSystemCannotHoldIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Long");
    forge.add("pool/" + "a".repeat(300) + ".png", "x");

    base.assertRefuses(forge.write(archive), "archive-entry-unsafe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0120777", "0010644", "0020644", "0060644", "0140644"})
  void linksAndDevicesAreRefused(String mode) throws IOException {
    ZipForge forge = ZipForge.named("Link");
    forge.add("pool/wave.png", "/etc/passwd").mode(Integer.parseInt(mode, 8));

    base.assertRefuses(forge.write(archive), "archive-entry-link");
  }

  @ParameterizedTest
  @CsvSource({
    "pool/wave.png, pool/wave.png",
    "pool/wave.png, pool/WAVE.png",
    "pool/wave.png, Pool/wave.png",
    "pool/d\u00fcne.png, pool/du\u0308ne.png",
    "pool/\u212bngstrom.png, pool/\u00e5ngstrom.png",
    "pool/stra\u00dfe.png, pool/STRASSE.png",
    "pool/a, pool/a/b",
    "pool/a/b, pool/a",
    "pool/A, pool/a/b",
    "pool/a/, pool/a",
    "pool, pool/wave.png",
    "profile_meta.json/x, pool/y",
    "profile_meta.json, pool/y",
    "PROFILE_META.JSON, pool/y",
  })
  void entriesThatAreInEachOthersWayAreRefused(String first, String second) throws IOException {
    ZipForge forge = ZipForge.named("Twice");
    forge.add(first, "1");
    forge.add(second, "2");

    base.assertRefuses(forge.write(archive), "archive-entry-duplicate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pool/pool.json/x", "pool/profile_meta.json/x", "pool/masks", "pool/.thumbs"})
  void whatThePoolKeepsForItselfCannotBeOfTheWrongKind(String name) throws IOException {
    ZipForge forge = ZipForge.named("Kinds");
    forge.add(name, "x");

    base.assertRefuses(forge.write(archive), "archive-entry-unsafe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES", "ZIP_STANDARD"})
  void encryptedEntriesAreRefused(EncryptionMethod method) throws IOException {
    ZipForge.named("Secret").write(archive);
    ZipParameters parameters = new ZipParameters();
    parameters.setEncryptFiles(true);
    parameters.setEncryptionMethod(method);
    parameters.setFileNameInZip("pool/wave.png");
    try (ZipFile zip = new ZipFile(archive.toFile(), "password".toCharArray())) {
      zip.addFile(SmallBase.image(folder, "plain.png").toFile(), parameters);
    }

    base.assertRefuses(archive, "archive-encrypted");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 12, 14, 93, 95, 97, 0xFFFF})
  void unknownWaysOfPackingAreRefused(int method) throws IOException {
    ZipForge forge = ZipForge.named("Packed");
    forge.add("pool/wave.png", "x").method(method);

    base.assertRefuses(forge.write(archive), "archive-method-unsupported");
  }

  @Test
  void oneOfSeveralPartsIsRefused() throws IOException {
    base.assertRefuses(ZipForge.named("Part").onDisk(3).write(archive), "archive-split");
    base.assertRefuses(ZipForge.named("Part").onDisk(3).zip64().write(archive), "archive-split");
  }

  @Test
  void aRealSplitArchiveIsRefused() throws IOException {
    byte[] noise = new byte[200_000];
    new java.util.Random(1).nextBytes(noise);
    Path content = Files.write(folder.resolve("noise.bin"), noise);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      zip.createSplitZipFile(List.of(content.toFile()), new ZipParameters(), true, 70_000);
    }

    base.assertRefuses(archive, "archive-split");
    base.assertRefuses(folder.resolve("archive.z01"), "archive-corrupt");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    base.assertRefuses(SmallBase.image(folder, "plain.png"), "archive-corrupt");
    base.assertRefuses(Files.writeString(archive, ""), "archive-corrupt");
    base.assertRefuses(Files.writeString(archive, "PK"), "archive-corrupt");
    base.assertRefuses(Files.write(archive, new byte[100_000]), "archive-corrupt");
    base.assertRefuses(folder, "file-not-found");
    base.assertRefuses(folder.resolve("missing.zip"), "file-not-found");
    base.assertRefuses(Path.of("/dev/null"), "file-not-found");
  }

  @Test
  void anArchiveWithoutEntriesIsNoProfile() throws IOException {
    base.assertRefuses(new ZipForge().write(archive), "archive-not-a-profile");
    base.assertRefuses(new ZipForge().zip64().write(archive), "archive-not-a-profile");
  }

  @Test
  void aRefusedArchiveMakesNoBase() throws IOException {
    ZipForge forge = ZipForge.named("Evil");
    forge.add("../evil.png", "evil");
    SmallBase none = SmallBase.at(folder.resolve("none"));

    none.assertRefuses(forge.write(archive), "archive-entry-unsafe");

    assertThat(none.root).doesNotExist();
  }
}
