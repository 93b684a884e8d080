package dev.tidepool.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidepool.error.TidepoolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvifHeaderTest {
  @TempDir Path folder;

  @Test
  void primaryItemDecidesAmongSeveralSizes() throws IOException {
    // Item 1: a thumbnail of 160 x 120; item 2, the primary one: 4000 x 3000.
    Bytes properties = new Bytes().add(size(160, 120)).add(size(4000, 3000));
    Bytes associations = new Bytes().u32(0).u32(2).add(0, 1, 1, 1).add(0, 2, 1, 2);
    assertThat(read(still(properties, associations))).isEqualTo(avif(4000, 3000));
  }

  @Test
  void rotationOfThePrimaryItemAloneTurnsThePicture() throws IOException {
    Bytes properties = new Bytes().add(size(40, 30)).add(rotation(1)).add(rotation(2));
    Bytes other = new Bytes().u32(0).u32(2).add(0, 1, 2, 1, 0x82).add(0, 2, 2, 1, 0x83);
    Bytes primary = new Bytes().u32(0).u32(2).add(0, 1, 2, 1, 0x83).add(0, 2, 2, 1, 0x82);
    assertThat(read(still(properties, other))).isEqualTo(avif(40, 30));
    assertThat(read(still(properties, primary))).isEqualTo(avif(30, 40));
  }

  @Test
  void longIdsAndLongPropertyNumbersAreRead() throws IOException {
    Bytes properties = new Bytes().add(size(1, 1)).add(size(40, 30));
    Bytes associations =
        new Bytes().add(1, 0, 0, 1).u32(2).u32(9).add(1, 0, 1).u32(2).add(1, 0x80, 2);
    assertThat(read(still(properties, associations))).isEqualTo(avif(40, 30));
  }

  @Test
  void secondAssociationBoxIsRead() throws IOException {
    Bytes boxes =
        new Bytes()
            .box("ipco", size(40, 30))
            .box("ipma", new Bytes().u32(0).u32(1).add(0, 1, 1, 1))
            .box("ipma", new Bytes().u32(0).u32(1).add(0, 2, 1, 1));
    assertThat(read(file("avif", meta(boxes)))).isEqualTo(avif(40, 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mif1", "miaf", "avis"})
  void majorBrandMayBeAnotherWhenAvifIsCompatible(String major) throws IOException {
    assertThat(read(file(major, simpleMeta()))).isEqualTo(avif(40, 30));
  }

  @Test
  void heicIsUnsupported() {
    Bytes heic = new Bytes().box("ftyp", new Bytes().text("heic").text("avif").text("mif1heic"));
    assertUnsupported(heic.box("meta", simpleMeta()));
  }

  @Test
  void metaBehindHugeMediaDataIsFound() throws IOException {
    long huge = 5L << 30;
    Bytes head = ftyp("avif").u32(1).text("mdat").u64(huge);
    Path file = Files.write(folder.resolve("sparse.avif"), head.toArray());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] tail = new Bytes().box("meta", simpleMeta()).toArray();
      channel.write(ByteBuffer.wrap(tail), head.toArray().length - 16 + huge);
    }
    assertThat(ImageHeaders.read(file)).isEqualTo(avif(40, 30));
  }

  @Test
  void sequenceWithoutMetaTakesItsPictureTrack() throws IOException {
    Bytes movie = new Bytes().add(track("soun", 0, 0)).add(track("pict", 40, 30));
    Bytes file = ftyp("avis").box("moov", movie);
    assertThat(read(file)).isEqualTo(avif(40, 30));
  }

  @Test
  void brokenBoxesAreUnsupported() {
    assertUnsupported(ftyp("avif"));
    assertUnsupported(ftyp("avif").u32(7).text("meta"));
    assertUnsupported(ftyp("avif").u32(1).text("meta").u64(-1));
    assertUnsupported(ftyp("avif").u32(1).text("meta").u64(15));
    assertUnsupported(ftyp("avif").u32(0xffff_ffffL).text("meta"));
    assertUnsupported(file("avif", new Bytes().u32(0)));
    // Four billion associations, none of which are there.
    Bytes none = new Bytes().u32(0).u32(0xffff_ffffL);
    assertUnsupported(still(size(40, 30), none));
    // The primary item has no size.
    assertUnsupported(still(size(40, 30), new Bytes().u32(0).u32(1).add(0, 2, 1, 9)));
  }

  private static Bytes still(Bytes properties, Bytes associations) {
    return file("avif", meta(new Bytes().box("ipco", properties).box("ipma", associations)));
  }

  private static Bytes simpleMeta() {
    Bytes associations = new Bytes().u32(0).u32(1).add(0, 2, 1, 1);
    return meta(new Bytes().box("ipco", size(40, 30)).box("ipma", associations));
  }

  private static Bytes file(String major, Bytes meta) {
    return ftyp(major).box("meta", meta);
  }

  private static Bytes ftyp(String major) {
    return new Bytes().box("ftyp", new Bytes().text(major).u32(0).text("mif1avif"));
  }

  /** A meta box whose primary item is 2. */
  private static Bytes meta(Bytes properties) {
    Bytes primary = new Bytes().u32(0).add(0, 2);
    return new Bytes().u32(0).box("pitm", primary).box("iprp", properties);
  }

  private static Bytes size(long width, long height) {
    return new Bytes().box("ispe", new Bytes().u32(0).u32(width).u32(height));
  }

  private static Bytes rotation(int quarters) {
    return new Bytes().box("irot", new Bytes().add(quarters));
  }

  private static Bytes track(String kind, int width, int height) {
    Bytes header =
        new Bytes().add(new byte[76], 0, 76).u32((long) width << 16).u32((long) height << 16);
    Bytes handler = new Bytes().u64(0).text(kind);
    Bytes boxes = new Bytes().box("tkhd", header).box("mdia", new Bytes().box("hdlr", handler));
    return new Bytes().box("trak", boxes);
  }

  private static ImageHeader avif(int width, int height) {
    return new ImageHeader(ImageFormat.AVIF, width, height);
  }

  private ImageHeader read(Bytes content) throws IOException {
    return ImageHeaders.read(Files.write(folder.resolve("image"), content.toArray()));
  }

  private void assertUnsupported(Bytes content) {
    assertThatThrownBy(() -> read(content)).isInstanceOf(TidepoolException.class);
  }
}
