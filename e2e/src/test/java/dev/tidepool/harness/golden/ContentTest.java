package dev.tidepool.harness.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {
  private static final byte[] PNG = Samples.png(0xff112233, 0xff445566);

  @ParameterizedTest
  @CsvSource({"tEXt", "zTXt", "iTXt", "eXIf", "tIME"})
  void leavesAPngsMetadataOut(String chunk) {
    byte[] noted = Samples.withChunk(PNG, chunk, "prompt\0{\"1\":{}}");
    assertThat(Content.of("a.png", noted).bytes()).isEqualTo(PNG);
  }

  @Test
  void keepsAPngsOtherChunks() {
    byte[] coloured = Samples.withChunk(PNG, "gAMA", "0000");
    assertThat(Content.of("a.png", coloured).bytes()).isEqualTo(coloured);
  }

  @Test
  void keepsADamagedPngAsItIs() {
    byte[] cut = Arrays.copyOf(Samples.withChunk(PNG, "tEXt", "a note"), PNG.length);
    assertThat(Content.of("a.png", cut).bytes()).isEqualTo(cut);
  }

  @Test
  void leavesTheMetadataOfSoundAndWebpOut() {
    assertThat(Content.of("a.flac", Samples.flac("frames", "a comment", "another")).bytes())
        .isEqualTo(Samples.flac("frames"));
    assertThat(
            Content.of("a.webp", Samples.riff("WEBP", "VP8X", "\u000cxxxxxxxxx", "EXIF", "note"))
                .bytes())
        .isEqualTo(Samples.riff("WEBP", "VP8X", "\0xxxxxxxxx"));
  }

  @Test
  void keepsOtherRiffFilesAsTheyAre() {
    byte[] film = Samples.riff("AVI ", "LIST", "hdrl about it", "LIST", "movi all its frames");
    assertThat(Content.of("a.avi", film).bytes()).isEqualTo(film);
    byte[] listed = Samples.riff("WEBP", "VP8X", "\0xxxxxxxxx", "LIST", "what may be an image");
    assertThat(Content.of("a.webp", listed).bytes()).isEqualTo(listed);
  }

  @Test
  void tellsKindsByContent() {
    byte[] animated = Samples.withChunk(PNG, "acTL", "00000000");
    byte[] gif = Samples.encoded(Samples.image(9, 9, (x, y) -> 0xff000000), "gif");
    byte[] text = "{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8);
    byte[] binary = {1, 0, 2, 0};
    byte[] latin = {(byte) 0xe9, 'a', 'b'};
    assertThat(
            List.of(
                Kind.of("a", PNG),
                Kind.of("a", animated),
                Kind.of("a", gif),
                Kind.of("a", Samples.riff("WAVE", "fmt ", "f", "data", "abcd")),
                Kind.of("a", Samples.flac("frames of sound")),
                Kind.of("a", Samples.tensors("x", 1)),
                Kind.of("a", text),
                Kind.of("a", binary),
                Kind.of("a", latin),
                Kind.of(
                    "a",
                    "\0\0\0\u0018ftypisom\0\0\0\0isomavc1".getBytes(StandardCharsets.ISO_8859_1))))
        .containsExactly(
            Kind.IMAGE,
            Kind.ANIMATION,
            Kind.ANIMATION,
            Kind.AUDIO,
            Kind.AUDIO,
            Kind.TENSORS,
            Kind.TEXT,
            Kind.OTHER,
            Kind.OTHER,
            Kind.VIDEO);
  }

  @Test
  void survivesAnyBytes() {
    long seed = 20_261_126;
    Random random = new Random(seed);
    List<byte[]> starts =
        List.of(
            PNG,
            Samples.riff("WAVE", "fmt ", "f", "data", "abcd"),
            Samples.riff("WEBP", "VP8X", "\u000cxxxxxxxxx", "EXIF", "note"),
            Samples.flac("frames", "a comment"),
            Samples.tensors("x", 1, 2, 3),
            Samples.encoded(Samples.image(9, 9, (x, y) -> 0xff000000), "gif"));
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = starts.get(random.nextInt(starts.size())).clone();
      for (int change = random.nextInt(6); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      Content content = Content.of("a.png", bytes);
      Content again = Content.of("a.png", content.bytes());
      assertThat(again.bytes()).as("seed %d, round %d", seed, i).isEqualTo(content.bytes());
      assertThat(new ContentComparison("here", content, content).difference(Tolerance.EXACT))
          .isEmpty();
      Content other = Content.of("a.png", PNG);
      boolean same = Arrays.equals(content.bytes(), PNG);
      boolean found =
          new ContentComparison("here", other, content).difference(Tolerance.EXACT).isPresent();
      assertThat(found || same || content.kind() == Kind.IMAGE)
          .as("seed %d, round %d", seed, i)
          .isTrue();
    }
  }

  @Test
  void takesOnlyAPlainEndOfTheName() {
    assertThat(Content.of("a.PNG", PNG).extension()).isEqualTo(".png");
    assertThat(Content.of("a./../x", PNG).extension()).isEmpty();
    assertThat(Content.of("a", PNG).extension()).isEmpty();
  }
}
