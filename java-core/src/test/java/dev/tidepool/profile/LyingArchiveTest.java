package dev.tidepool.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are cut off, or whose numbers are not those of their content. */
class LyingArchiveTest {
  private static final String TEXT = "The sea is calm tonight. The tide is full. ".repeat(50);
  private static final int TEXT_BYTES = TEXT.length();

  @TempDir Path folder;
  private SmallBase base;
  private Path archive;

  @BeforeEach
  void makeBase() throws IOException {
    base = SmallBase.filled(folder.resolve("grid_pool"));
    archive = folder.resolve("archive.zip");
  }

  @Test
  void anArchiveCutOffAtAnyByteIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Cut");
    forge.add("pool/note.txt", "The sea is calm tonight.");
    byte[] whole = forge.bytes();
    for (int length = 0; length < whole.length; length++) {
      base.assertRefuses(Files.write(archive, Arrays.copyOf(whole, length)), "archive-corrupt");
    }
  }

  @Test
  void aLargeArchiveCutOffAtAnyByteIsRefused() throws IOException {
    byte[] whole = ZipForge.named("Cut").zip64().bytes();
    for (int length = 0; length < whole.length; length++) {
      base.assertRefuses(Files.write(archive, Arrays.copyOf(whole, length)), "archive-corrupt");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, TextBytes.LESS, TextBytes.MORE, 1_000_000})
  void declaringAnotherSizeIsRefused(int unpacked) throws IOException {
    ZipForge forge = ZipForge.named("Size");
    forge.add("pool/note.txt", TEXT).declaredUnpacked(unpacked);

    base.assertRefuses(forge.write(archive), "archive-corrupt");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 100_000})
  void declaringAnotherPackedSizeIsRefused(int packed) throws IOException {
    ZipForge forge = ZipForge.named("Size");
    forge.add("pool/note.txt", TEXT).declared(packed, TEXT_BYTES);

    base.assertRefuses(forge.write(archive), "archive-corrupt");
  }

  @ParameterizedTest
  @CsvSource({"100, 2150", "2150, 100", "2150, 2151", "0, 2150", "2149, 2149", "3000, 3000"})
  void storedBytesHaveOneSize(long packed, long unpacked) throws IOException {
    ZipForge forge = ZipForge.named("Size");
    forge
        .add("pool/note.txt", TEXT)
        .stored(TEXT.getBytes(StandardCharsets.UTF_8))
        .declared(packed, unpacked);

    base.assertRefuses(forge.write(archive), "archive-corrupt");
  }

  @Test
  void aDirectoryThatContradictsTheEntryIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Two");
    forge.add("pool/note.txt", TEXT).centrally(10, 10);

    base.assertRefuses(forge.write(archive), "archive-corrupt");
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "4611686018427387904, 9223372036854775807",
    "5000000000, 5000000000",
  })
  void sizesThatCannotBeAreRefused(long packed, long unpacked) throws IOException {
    ZipForge forge = ZipForge.named("Huge");
    forge.add("pool/one.txt", TEXT).centrally(packed, unpacked);
    forge.add("pool/two.txt", TEXT).centrally(packed, unpacked);

    base.assertRefuses(forge.write(archive), "archive-corrupt");
  }

  @Test
  void aWrongChecksumIsRefused() throws IOException {
    ZipForge deflated = ZipForge.named("Sum");
    deflated.add("pool/note.txt", TEXT).crc(1);
    base.assertRefuses(deflated.write(archive), "archive-corrupt");

    ZipForge stored = ZipForge.named("Sum");
    stored.add("pool/note.txt", TEXT).stored(TEXT.getBytes(StandardCharsets.UTF_8)).crc(1);
    base.assertRefuses(stored.write(archive), "archive-corrupt");
  }

  @Test
  void aBombIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Bomb");
    forge.add("pool/zeros.png", new byte[40_000_000]);

    base.assertRefuses(forge.write(archive), "archive-bomb");
  }

  @Test
  void aBombInManySmallEntriesIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Bomb");
    byte[] zeros = new byte[1 << 20];
    for (int i = 0; i < 40; i++) {
      forge.add("pool/" + i + ".png", zeros);
    }

    base.assertRefuses(forge.write(archive), "archive-bomb");
  }

  @Test
  void entriesThatShareTheirBytesAreRefused() throws IOException {
    byte[] noise = new byte[50_000];
    new Random(7).nextBytes(noise);
    ZipForge forge = ZipForge.named("Overlap");
    ZipForge.Entry first = forge.add("pool/0.png", noise);
    for (int i = 1; i < 100; i++) {
      forge.add("pool/" + i + ".png", noise).sharing(first);
    }

    base.assertRefuses(forge.write(archive), "archive-bomb");
  }

  @ParameterizedTest
  @ValueSource(longs = {100_001, 10_000_000, Long.MAX_VALUE})
  void declaringManyEntriesIsRefused(long count) throws IOException {
    base.assertRefuses(
        ZipForge.named("Many").zip64().declaring(count).write(archive), "archive-too-many-entries");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 60_000})
  void declaringAnotherNumberOfEntriesIsRefused(long count) throws IOException {
    ZipForge forge = ZipForge.named("Many");
    forge.add("pool/note.txt", TEXT);

    base.assertRefuses(forge.declaring(count).write(archive), "archive-corrupt");
  }

  @Test
  void aDirectoryFullOfExtraFieldsIsRefused() throws IOException {
    ZipForge forge = ZipForge.named("Extra");
    byte[] extra = new byte[60_000];
    for (int i = 0; i < 100; i++) {
      forge.add("pool/" + i + ".png", "x").extra(extra);
    }

    base.assertRefuses(forge.write(archive), "archive-directory-too-large");
  }

  /** Sizes around the true one, as constants. */
  private static final class TextBytes {
    static final int LESS = 2149;
    static final int MORE = 2151;
  }
}
