package dev.tidepool.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import dev.tidepool.io.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Files that lie: they cost little, and end in a header or in the one error. */
class HostileImagesTest {
  private static final int MUTANTS_PER_SAMPLE = 600;

  /** Far more than a thousand reads take, far less than a loop without a bound. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("dev.tidepool.image.Samples#NAMES")
  void truncationAtEveryByteEndsWell(String sample) throws IOException {
    byte[] whole = Samples.bytes(sample);
    long start = System.nanoTime();
    for (int length = 0; length < whole.length; length++) {
      assertEndsWell(Arrays.copyOf(whole, length), sample + " cut to " + length + " bytes");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
  }

  @ParameterizedTest
  @FieldSource("dev.tidepool.image.Samples#NAMES")
  void randomMutationsEndWell(String sample) throws IOException {
    long seed = Seeds.seed();
    Random random = new Random(seed);
    byte[] whole = Samples.bytes(sample);
    long start = System.nanoTime();
    for (int i = 0; i < MUTANTS_PER_SAMPLE; i++) {
      String what = sample + ", mutant " + i + " of -Dtidepool.seed=" + seed;
      assertEndsWell(mutant(whole, random), what);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("seed %d", seed)
        .isLessThan(PATIENCE);
  }

  @Test
  void endlessFillBytesAreNotReadToTheirEnd() throws IOException {
    byte[] jpeg = new byte[8 << 20];
    Arrays.fill(jpeg, (byte) 0xff);
    jpeg[1] = (byte) 0xd8;
    assertScattered(jpeg);
  }

  @Test
  void endlessGifCommentsAreNotReadToTheirEnd() throws IOException {
    byte[] gif = new byte[8 << 20];
    Arrays.fill(gif, (byte) 1);
    byte[] head = new Bytes().text("GIF89a").add(7, 0, 5, 0, 0, 0, 0, 0x21, 0xfe).toArray();
    System.arraycopy(head, 0, gif, 0, head.length);
    assertScattered(gif);
  }

  @Test
  void millionsOfEmptyPngChunksHideNoSize() throws IOException {
    byte[] head = Arrays.copyOf(Samples.bytes("plain.png"), 33);
    assertThat(read(Arrays.copyOf(head, 32 << 20)))
        .isEqualTo(new ImageHeader(ImageFormat.PNG, 7, 5));
  }

  @Test
  void directoryFarBehindInABigTiffIsFound() throws IOException {
    long far = 5L << 30;
    Bytes head = new Bytes().text("MM\0+\0\u0008\0\0").u64(far);
    Bytes directory =
        new Bytes()
            .u64(2)
            .add(1, 0, 0, 3)
            .u64(1)
            .add(0, 7, 0, 0, 0, 0, 0, 0)
            .add(1, 1, 0, 3)
            .u64(1)
            .add(0, 5, 0, 0, 0, 0, 0, 0);
    Path file = Files.write(folder.resolve("sparse.tif"), head.toArray());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(directory.toArray()), far);
    }
    assertThat(ImageHeaders.read(file)).isEqualTo(new ImageHeader(ImageFormat.TIFF, 7, 5));
  }

  @Test
  void bigTiffWithOverflowingNumbersIsUnsupported() {
    Bytes head = new Bytes().text("MM\0+\0\u0008\0\0");
    assertUnsupported(new Bytes().add(head).u64(-1).toArray());
    assertUnsupported(new Bytes().add(head).u64(Long.MAX_VALUE).toArray());
    assertUnsupported(new Bytes().add(head).u64(16).u64(-1).toArray());
    assertUnsupported(new Bytes().add(head).u64(16).u64(Long.MAX_VALUE).toArray());
  }

  @Test
  void listOfNumbersIsNoTiffSize() throws IOException {
    byte[] tiff = Samples.bytes("big-tiff-big-endian.tif");
    int width = 24;
    assertThat(tiff[width + 11]).as("count of the width's values").isEqualTo((byte) 1);
    tiff[width + 11] = 2;
    assertUnsupported(tiff);
  }

  @Test
  void sizesBeyond31BitsAreUnsupported() throws IOException {
    byte[] bmp = Samples.bytes("true-colour.bmp");
    // Heights of -2147483648 and widths below zero.
    bmp[22] = bmp[23] = bmp[24] = 0;
    bmp[25] = (byte) 0x80;
    assertUnsupported(bmp);
    byte[] negative = Samples.bytes("true-colour.bmp");
    negative[21] = (byte) 0x80;
    assertUnsupported(negative);
  }

  private static byte[] mutant(byte[] whole, Random random) {
    byte[] bytes = Arrays.copyOf(whole, whole.length + random.nextInt(3) * random.nextInt(64));
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            default -> (byte) random.nextInt();
          };
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private void assertEndsWell(byte[] content, String what) throws IOException {
    try {
      ImageHeader header = read(content);
      assertThat(header.width()).as(what).isPositive();
      assertThat(header.height()).as(what).isPositive();
    } catch (TidepoolException e) {
      assertThat(e.code()).as(what).isEqualTo("image-format-unsupported");
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(what, e);
    }
  }

  private void assertScattered(byte[] content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("scattered");
  }

  private void assertUnsupported(byte[] content) {
    assertThatThrownBy(() -> read(content)).isInstanceOf(TidepoolException.class);
  }

  private ImageHeader read(byte[] content) throws IOException {
    return ImageHeaders.read(Files.write(folder.resolve("image"), content));
  }
}
