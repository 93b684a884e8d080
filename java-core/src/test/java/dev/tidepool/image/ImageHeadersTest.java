package dev.tidepool.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.ErrorKind;
import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeadersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("dev.tidepool.image.Samples#NAMES")
  void realFilesTellFormatAndShownSize(String sample) throws IOException {
    boolean sideways = sample.matches(".*orientation-[5-8].*");
    ImageFormat format = ImageFormat.ofFileName(sample).orElseThrow();
    assertThat(read(Samples.bytes(sample)))
        .isEqualTo(new ImageHeader(format, sideways ? 5 : 7, sideways ? 7 : 5));
  }

  @ParameterizedTest
  @CsvSource({
    "plain.png, cat.jpg, PNG",
    "baseline.jpg, cat.png, JPEG",
    "still.gif, notes.txt, GIF"
  })
  void nameDoesNotDecide(String sample, String name, ImageFormat format) throws IOException {
    Path file = Files.write(folder.resolve(name), Samples.bytes(sample));
    assertThat(ImageHeaders.read(file).format()).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "B", "BM", "BM is the start of a letter to a friend", "GIF", "<svg/>", "II*"})
  void anythingElseIsUnsupported(String content) {
    assertUnsupported(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void errorNamesTheFileAndTheFormats() throws IOException {
    Path file = Files.writeString(folder.resolve("poem.png"), "roses are red");
    assertThatThrownBy(() -> ImageHeaders.read(file))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
              assertThat(e.code()).isEqualTo("image-format-unsupported");
              assertThat(e.text())
                  .isEqualTo(
                      "\"poem.png\" cannot be used as an image:"
                          + " its content is of no known image format.");
              assertThat(e.hints()).singleElement().asString().contains("PNG", "AVIF");
            });
  }

  @Test
  void missingFileIsNoImageError() {
    assertThatThrownBy(() -> ImageHeaders.read(folder.resolve("gone.png")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void folderIsUnsupported() {
    assertThatThrownBy(() -> ImageHeaders.read(folder))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("not a file");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pipeIsRefusedWithoutWaitingForItsWriter() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> ImageHeaders.read(pipe))
        .isInstanceOf(TidepoolException.class)
        .hasMessageContaining("not a file");
  }

  @ParameterizedTest
  @CsvSource({"192, 5", "193, 5", "194, 5", "195, 5", "197, 5", "201, 5", "203, 5", "207, 5"})
  void everyKindOfJpegFrameTellsItsSize(int marker, int height) throws IOException {
    byte[] jpeg = Samples.bytes("baseline.jpg");
    jpeg[find(jpeg, 0xff, 0xc0) + 1] = (byte) marker;
    assertThat(read(jpeg).height()).isEqualTo(height);
  }

  @Test
  void jpegMayHoldFillBytesStrayBytesAndLateExif() throws IOException {
    byte[] jpeg = Samples.bytes("orientation-6-II.jpg");
    int exif = find(jpeg, 0xff, 0xe1);
    int exifEnd = exif + 2 + (jpeg[exif + 3] & 0xff);
    int scan = find(jpeg, 0xff, 0xda);
    byte[] moved =
        new Bytes()
            .add(jpeg, 0, exif)
            .add(0xff, 0xff, 0xff)
            .add(jpeg, exifEnd, scan)
            .add(0x00, 0x12)
            .add(jpeg, exif, exifEnd)
            .add(jpeg, scan, jpeg.length)
            .toArray();
    assertThat(read(moved)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 5, 7));
  }

  @Test
  void jpegWithoutFrameOrWithTwoIsUnsupported() throws IOException {
    byte[] jpeg = Samples.bytes("baseline.jpg");
    int frame = find(jpeg, 0xff, 0xc0);
    int end = frame + 2 + jpeg[frame + 3];
    Bytes without = new Bytes().add(jpeg, 0, frame).add(jpeg, end, jpeg.length);
    Bytes twice = new Bytes().add(jpeg, 0, end).add(jpeg, frame, jpeg.length);
    assertUnsupported(without.toArray());
    assertUnsupported(twice.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "plain.png, 16, 4",
    "baseline.jpg, -1, 2",
    "true-colour.bmp, 18, 4",
    "lossy.webp, 26, 2"
  })
  void sideOfZeroPixelsIsUnsupported(String sample, int at, int count) throws IOException {
    byte[] bytes = Samples.bytes(sample);
    int start = at < 0 ? find(bytes, 0xff, 0xc0) + 5 : at;
    for (int i = 0; i < count; i++) {
      bytes[start + i] = 0;
    }
    assertUnsupported(bytes);
  }

  @Test
  void pngWithWrongHeaderChecksumIsUnsupported() throws IOException {
    byte[] png = Samples.bytes("plain.png");
    png[19]++;
    assertUnsupported(png);
  }

  @Test
  void gifFrameBeyondTheScreenWidensIt() throws IOException {
    byte[] gif = Samples.bytes("still.gif");
    gif[6] = 0;
    gif[8] = 3;
    assertThat(read(gif)).isEqualTo(new ImageHeader(ImageFormat.GIF, 7, 5));
  }

  @Test
  void gif87aIsRead() throws IOException {
    byte[] gif = Samples.bytes("still.gif");
    gif[4] = '7';
    assertThat(read(gif)).isEqualTo(new ImageHeader(ImageFormat.GIF, 7, 5));
  }

  private ImageHeader read(byte[] content) throws IOException {
    return ImageHeaders.read(Files.write(folder.resolve("image"), content));
  }

  private void assertUnsupported(byte[] content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOfSatisfying(
            TidepoolException.class,
            e -> assertThat(e.code()).isEqualTo("image-format-unsupported"));
  }

  private static int find(byte[] bytes, int first, int second) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if ((bytes[i] & 0xff) == first && (bytes[i + 1] & 0xff) == second) {
        return i;
      }
    }
    throw new AssertionError("marker not found");
  }
}
