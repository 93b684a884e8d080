package dev.tidepool.harness.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images are compared by their samples. */
class PixelsTest {
  private static BufferedImage grey(int level) {
    return Samples.image(9, 9, (x, y) -> 0xff000000 | level * 0x010101);
  }

  private static byte[] tiff(BufferedImage... pages) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (BufferedImage page : pages) {
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A page of grey samples of 32 bits. */
  private static BufferedImage wide(int type, double first) {
    ComponentColorModel colours =
        new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, type);
    WritableRaster raster = Raster.createWritableRaster(new BandedSampleModel(type, 9, 9, 1), null);
    raster.setSample(0, 0, 0, first);
    return new BufferedImage(colours, raster, false, null);
  }

  private static List<String> differences(byte[] expected, byte[] actual) {
    return Comparison.of(
            Samples.results("images", Samples.file("a.tiff", expected)),
            Samples.results("images", Samples.file("a.tiff", actual)),
            TestSettings.USUAL)
        .stream()
        .map(Difference::text)
        .toList();
  }

  @Test
  void seesADifferenceOnTheSecondPage() throws IOException {
    assertThat(differences(tiff(grey(10), grey(20)), tiff(grey(10), grey(21)))).hasSize(1);
    assertThat(Pixels.decode(tiff(grey(10)))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_INT})
  void roundsNoSamplesOfThirtyTwoBits(int type) throws IOException {
    double first = type == DataBuffer.TYPE_FLOAT ? 0.5 : 1_000_000;
    double other = type == DataBuffer.TYPE_FLOAT ? 0.5001 : 1_000_001;
    assertThat(differences(tiff(wide(type, first)), tiff(wide(type, other)))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
  void takesTheUsualFormats(String format) {
    BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
    assertThat(Pixels.decode(Samples.encoded(image, format)))
        .get()
        .extracting(Pixels::size)
        .isEqualTo("9 x 8");
  }

  @Test
  void takesSixteenBitsOfATiff() throws IOException {
    BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 40_001);
    Pixels pixels = Pixels.decode(tiff(image)).orElseThrow();
    assertThat((int) pixels.samples()[0]).isEqualTo(40_001);
  }

  @Test
  void takesAPalette() {
    BufferedImage palette = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_INDEXED);
    assertThat(Pixels.decode(Samples.encoded(palette, "png"))).isPresent();
    BufferedImage ink = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_BINARY);
    assertThat(Pixels.decode(Samples.encoded(ink, "png"))).isPresent();
    assertThat(Pixels.decode(Samples.encoded(Samples.image(9, 9, (x, y) -> y), "png"))).isPresent();
  }

  @Test
  void takesNoImageBeyondReason() {
    BufferedImage large = new BufferedImage(7000, 7000, BufferedImage.TYPE_BYTE_BINARY);
    assertThat(Pixels.decode(Samples.encoded(large, "png"))).isEmpty();
  }
}
