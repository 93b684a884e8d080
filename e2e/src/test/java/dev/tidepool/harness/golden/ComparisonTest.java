package dev.tidepool.harness.golden;

import static dev.tidepool.harness.golden.Samples.failed;
import static dev.tidepool.harness.golden.Samples.file;
import static dev.tidepool.harness.golden.Samples.results;
import static dev.tidepool.harness.golden.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final int GREY = 0xff808080;

  private static List<Difference> compared(String settings, Results expected, Results actual) {
    TestSettings parsed = TestSettings.parse(Path.of("x.test.json"), Samples.json(settings));
    return Comparison.of(expected, actual, parsed);
  }

  private static List<String> lines(Results expected, Results actual) {
    return compared("{}", expected, actual).stream().map(Difference::line).toList();
  }

  private static Results image(int colour, int pixel) {
    return results("images", file("ComfyUI_00001_.png", Samples.png(colour, pixel)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "a"              | "a"             | {}                                          | same
          "a"              | "b"             | {}                                          | expected "a", found "b"
          "a\\nb\\nc"      | "a\\nx\\nc"     | {}                                          | line 2: expected "b", found "x"
          "a"              | "a\\nb"         | {}                                          | line 2: expected no more lines, found "b"
          1                | 1               | {}                                          | same
          1                | 2               | {}                                          | expected 1, found 2
          1.0              | 1.0000001       | {}                                          | expected 1.0, found 1.0000001
          1.0              | 1.0000001       | {"tolerance":{"2":{"maximum_difference":0.001}}} | same
          "1.0"            | "1.0000001"     | {"tolerance":{"*":{"maximum_difference":0.001}}} | same
          "1.0"            | "1.1"           | {"tolerance":{"*":{"maximum_difference":0.001}}} | expected 1.0, found 1.1
          "1.0"            | "1.1"           | {"tolerance":{"2":"ignore"}}                | same
          "1.0"            | "1.1"           | {"tolerance":{"*":"ignore","2":"exact"}}    | expected 1.0, found 1.1
          "1.0"            | 1.0             | {}                                          | same
          true             | false           | {}                                          | line 1: expected "true", found "false"
          {"a":[1,2]}      | {"a":[1,2]}     | {}                                          | same
          """)
  void comparesValues(String expected, String actual, String settings, String outcome) {
    List<Difference> differences =
        compared(settings, results("text", value(expected)), results("text", value(actual)));
    String found = differences.stream().map(Difference::text).findFirst().orElse("same");
    assertThat(found.replaceFirst("^line 1: ", ""))
        .isEqualTo(outcome.replaceFirst("^line 1: ", ""));
  }

  @Test
  void findsOneChangedPixel() {
    List<Difference> differences = compared("{}", image(GREY, GREY), image(GREY, 0xff858080));
    assertThat(differences).hasSize(1);
    assertThat(differences.get(0).line())
        .startsWith(
            "node 2, images: 1 of 384 pixels differ, by up to 5 of 255 levels; similarity 0.")
        .endsWith("the first at (3, 5): expected #808080ff, found #858080ff");
    Difference.Files files = differences.get(0).files().orElseThrow();
    Pixels picture = Pixels.decode(files.picture().orElseThrow()).orElseThrow();
    assertThat(picture.size()).isEqualTo("24 x 16");
    assertThat(pixel(picture, 3, 5)).as("red where it changed").isGreaterThan(60_000 - 8000);
    assertThat(redness(picture, 3, 5)).isGreaterThan(10_000);
    assertThat(redness(picture, 4, 5)).isZero();
  }

  private static int pixel(Pixels pixels, int x, int y) {
    return pixels.samples()[(y * pixels.width() + x) * Pixels.CHANNELS];
  }

  private static int redness(Pixels pixels, int x, int y) {
    int at = (y * pixels.width() + x) * Pixels.CHANNELS;
    return pixels.samples()[at] - pixels.samples()[at + 1];
  }

  @Test
  void findsAPixelThatOnlyBecameTransparent() {
    assertThat(lines(image(GREY, GREY), image(GREY, 0x7f808080)))
        .singleElement()
        .asString()
        .contains("by up to 128 of 255 levels");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"maximum_difference":5}                              | same
          {"maximum_difference":4}                              | different
          {"minimum_similarity":0.9}                            | same
          {"minimum_similarity":1}                              | different
          {"maximum_difference":4,"minimum_similarity":0.9}     | different
          {"maximum_difference":5,"minimum_similarity":0.9}     | same
          """)
  void allowsWhatTheToleranceNames(String tolerance, String outcome) {
    String settings = "{\"tolerance\":{\"2\":%s}}".formatted(tolerance);
    List<Difference> differences = compared(settings, image(GREY, GREY), image(GREY, 0xff858080));
    assertThat(differences.isEmpty() ? "same" : "different").isEqualTo(outcome);
  }

  @Test
  void tellsSizesApart() {
    byte[] wide = Samples.encoded(Samples.image(24, 17, (x, y) -> GREY), "png");
    assertThat(lines(image(GREY, GREY), results("images", file("a.png", wide))))
        .containsExactly("node 2, images: expected an image of 24 x 16 pixels, found 24 x 17");
  }

  @Test
  void seesTheSamePixelsInAnotherEncoding() {
    BufferedImage image = Samples.image(24, 16, (x, y) -> 0xff000000 | x * 0x0a0500 | y);
    Output png = file("a.png", Samples.encoded(image, "png"));
    BufferedImage opaque = new BufferedImage(24, 16, BufferedImage.TYPE_3BYTE_BGR);
    opaque.createGraphics().drawImage(image, 0, 0, null);
    Output other = file("b.png", Samples.encoded(opaque, "png"));
    assertThat(((Output.Produced) png).content().bytes())
        .isNotEqualTo(((Output.Produced) other).content().bytes());
    assertThat(lines(results("images", png), results("images", other))).isEmpty();
  }

  @Test
  void comparesAllSixteenBitsOfASample() {
    assertThat(lines(results("images", grey16(40_000)), results("images", grey16(40_001))))
        .singleElement()
        .asString()
        .contains("by up to 0.004 of 255 levels");
    assertThat(lines(results("images", grey16(40_000)), results("images", grey16(40_000))))
        .isEmpty();
  }

  private static Output grey16(int level) {
    BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(4, 4, 0, level);
    return file("a.png", Samples.encoded(image, "png"));
  }

  @Test
  void takesShadesOfGreyAsTheyAre() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 1, 0, 100);
    Pixels pixels = Pixels.decode(Samples.encoded(image, "png")).orElseThrow();
    assertThat(pixel(pixels, 1, 1)).isEqualTo(100 * Pixels.PER_LEVEL);
  }

  @Test
  void namesMissingAndNewOutputs() {
    Results one = results("text", value("\"a\""));
    Results two = results("text", value("\"a\""), value("\"b\""));
    Results other = results("number", value("\"a\""));
    assertThat(lines(two, one)).containsExactly("node 2, text 2: missing: expected \"b\"");
    assertThat(lines(one, two)).containsExactly("node 2, text 2: new: \"b\"");
    assertThat(lines(one, other))
        .containsExactly("node 2, number: new: \"a\"", "node 2, text: missing: expected \"a\"");
    assertThat(lines(one, image(GREY, GREY)))
        .containsExactly(
            "node 2, images: new: a file: image.png", "node 2, text: missing: expected \"a\"");
  }

  @Test
  void comparesTensorsByNumbersAndNotByMetadata() {
    Results one = results("latents", file("a.latent", Samples.tensors("one", 1, 2, 3)));
    Results same = results("latents", file("b.latent", Samples.tensors("two", 1, 2, 3)));
    Results near = results("latents", file("a.latent", Samples.tensors("one", 1, 2.25f, 3)));
    Results shorter = results("latents", file("a.latent", Samples.tensors("one", 1, 2)));
    assertThat(lines(one, same)).isEmpty();
    assertThat(lines(one, near))
        .containsExactly("node 2, latents: tensor latent F32 [3] differs by up to 0.25");
    assertThat(compared("{\"tolerance\":{\"2\":{\"maximum_difference\":0.25}}}", one, near))
        .isEmpty();
    assertThat(lines(one, shorter))
        .containsExactly("node 2, latents: tensor latent: expected F32 [3], found F32 [2]");
  }

  @Test
  void comparesSoundByBytesWithoutMetadata() {
    Results one =
        results("audio", file("a.wav", Samples.riff("WAVE", "fmt ", "f", "data", "abcd")));
    Results noted =
        results(
            "audio",
            file("b.wav", Samples.riff("WAVE", "fmt ", "f", "LIST", "by me", "data", "abcd")));
    Results other =
        results("audio", file("a.wav", Samples.riff("WAVE", "fmt ", "f", "data", "abcx")));
    assertThat(lines(one, noted)).isEmpty();
    assertThat(lines(one, other)).singleElement().asString().contains("audio.wav of", "at byte");
  }

  @Test
  void tellsKindsApart() {
    Results text = results("files", file("a.png", "no image".getBytes(StandardCharsets.UTF_8)));
    Results image = results("files", file("a.png", Samples.png(GREY, GREY)));
    assertThat(lines(image, text))
        .singleElement()
        .asString()
        .startsWith("node 2, files: expected image.png of ")
        .endsWith("found text.png of 8 bytes");
  }

  @Test
  void comparesFailures() {
    Failure failure = new Failure("3", "ValueError", "too large");
    Failure other = new Failure("3", "ValueError", "too small");
    Results good = results("text", value("1"));
    assertThat(lines(failed(failure), failed(failure))).isEmpty();
    assertThat(lines(failed(failure), failed(other)))
        .containsExactly("node 3: ValueError: too small; expected ValueError: too large");
    assertThat(lines(failed(failure), good))
        .contains("node 3: did not fail; expected ValueError: too large");
    assertThat(lines(good, failed(failure)))
        .contains("node 3: ValueError: too large; no error was expected there");
  }

  @Test
  void comparesEachFailureOfANode() {
    Failure width = new Failure("3", "value_smaller_than_min", "too small (width)");
    Failure height = new Failure("3", "value_smaller_than_min", "too small (height)");
    assertThat(lines(failed(width, height), failed(height, width))).isEmpty();
    assertThat(lines(failed(width, height), failed(width)))
        .containsExactly(
            "node 3: did not fail so; expected value_smaller_than_min: too small (height)");
    assertThat(lines(failed(width, width), failed(width))).hasSize(1);
    assertThat(lines(failed(width), failed(width, width)))
        .containsExactly(
            "node 3: value_smaller_than_min: too small (width); this error was not expected");
  }

  @Test
  void comparesWhichNodesRanAndWhichWereCached() {
    Results both = results("text", value("1"));
    Results one =
        new Results(new TreeSet<>(List.of("2", "10")), new TreeSet<>(), both.outputs(), List.of());
    assertThat(lines(both, one))
        .containsExactly(
            "executed nodes: missing 1; new 10", "nodes cached in a second run: missing 1, 2");
    assertThat(compared("{\"compare_executed\":false,\"compare_cached\":false}", both, one))
        .isEmpty();
  }
}
