package dev.tidepool.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebpHeaderTest {
  private static final int FRAME = 20;

  @TempDir Path folder;

  @Test
  void lossySizeHas14BitsBelowTheScale() throws IOException {
    byte[] webp = Samples.bytes("lossy.webp");
    set(webp, FRAME + 6, 0xff, 0xff, 0x01, 0x80);
    assertThat(read(webp)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 16383, 1));
  }

  @Test
  void losslessSizeHas14BitsEach() throws IOException {
    byte[] webp = Samples.bytes("lossless.webp");
    set(webp, FRAME + 1, 0xff, 0x3f, 0x00, 0x00);
    assertThat(read(webp)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 16384, 1));
    set(webp, FRAME + 1, 0x00, 0xc0, 0xff, 0x0f);
    assertThat(read(webp)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 1, 16384));
  }

  @Test
  void canvasSizeHas24BitsEach() throws IOException {
    byte[] webp = Samples.bytes("animated.webp");
    set(webp, FRAME + 4, 0xff, 0xff, 0xff, 0x01, 0x02, 0x03);
    assertThat(read(webp)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 0x1000000, 0x030202));
  }

  @Test
  void exifIsHeededOnlyWhereTheHeaderAnnouncesIt() throws IOException {
    byte[] webp = Samples.bytes("orientation-6.webp");
    set(webp, FRAME, 0);
    assertThat(read(webp)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 7, 5));
  }

  @Test
  void damagedFramesAreUnsupported() throws IOException {
    assertUnsupported("lossy.webp", FRAME, 1);
    assertUnsupported("lossy.webp", FRAME + 3, 0);
    assertUnsupported("lossless.webp", FRAME, 0);
    assertUnsupported("lossless.webp", FRAME + 4, 0x20);
    assertUnsupported("lossless.webp", FRAME - 5, 'Z');
  }

  private static void set(byte[] bytes, int at, int... values) {
    for (int i = 0; i < values.length; i++) {
      bytes[at + i] = (byte) values[i];
    }
  }

  private void assertUnsupported(String sample, int at, int value) throws IOException {
    byte[] webp = Samples.bytes(sample);
    set(webp, at, value);
    assertThatThrownBy(() -> read(webp)).isInstanceOf(TidepoolException.class);
  }

  private ImageHeader read(byte[] content) throws IOException {
    return ImageHeaders.read(Files.write(folder.resolve("image"), content));
  }
}
