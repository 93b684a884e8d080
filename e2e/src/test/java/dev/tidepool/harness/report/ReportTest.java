package dev.tidepool.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.golden.Content;
import dev.tidepool.harness.golden.Difference;
import dev.tidepool.harness.golden.Failure;
import dev.tidepool.harness.golden.Kind;
import dev.tidepool.harness.golden.NodeTime;
import dev.tidepool.harness.golden.Results;
import dev.tidepool.harness.golden.Samples;
import dev.tidepool.harness.golden.Verdict;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {
  private static final String HOSTILE = "<script>alert('x')</script> & \"quotes\" \u0007 ]]>";
  private static final Path HOME = Path.of("/home/me").toAbsolutePath();

  private static Verdict verdict(String name, Verdict.Status status, Difference... differences) {
    Results results =
        Samples.results(
            HOSTILE,
            Samples.file("a.png", Samples.png(0xff336699, 0xffffffff)),
            Samples.value("\"<b>\""),
            Samples.file("a.bin", new byte[12_345]),
            Samples.file("a.txt", HOSTILE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return new Verdict(
        HOME.resolve("flows").resolve(name + ".json"),
        status,
        List.of(differences),
        status == Verdict.Status.BROKEN ? HOSTILE : "",
        List.of(HOSTILE),
        Optional.of(
            status == Verdict.Status.BROKEN
                ? Samples.failed(new Failure("1", HOSTILE, HOSTILE))
                : results),
        List.of(new NodeTime("1", HOSTILE, Duration.ZERO, Duration.ofMillis(1500))),
        Duration.ofMillis(2345));
  }

  private static final Difference CHANGED =
      new Difference(
          "node 2, images",
          HOSTILE,
          Optional.of(
              new Difference.Files(
                  Optional.of(Content.of("a.png", Samples.png(0xff336699, 0xffffffff))),
                  Optional.of(Content.of("a.png", Samples.png(0xff336699, 0xff000000))),
                  Optional.of(Samples.png(0xffeeeeee, 0xffff0000)))));

  private static final Report REPORT =
      new Report(
          List.of(
              verdict("fine", Verdict.Status.SAME),
              verdict("wrong", Verdict.Status.DIFFERENT, CHANGED),
              verdict("bro'<ken>", Verdict.Status.BROKEN)),
          "ComfyUI " + HOSTILE,
          HOME,
          Instant.parse("2026-11-26T10:20:30.5Z"),
          Duration.ofSeconds(7));

  @Test
  void thePageHoldsNothingThatItsTextsBringAlong() {
    String page = HtmlReport.of(REPORT);
    assertThat(page)
        .doesNotContain("<script", "\u0007", "'x'", "<b>")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        .contains("default-src 'none'");
    assertThat(page.split("data:image/png;base64,", -1)).hasSizeGreaterThan(4);
    assertThat(page).doesNotContain("http://", "https://", "src=\"/");
  }

  @Test
  void thePageShowsFailuresFirstWithThreePictures() {
    String page = HtmlReport.of(REPORT);
    assertThat(page).contains("<h1>2 of 3 workflows fail</h1>");
    assertThat(page.indexOf("<h2 id=\"workflow-2-title\">"))
        .isPositive()
        .isLessThan(page.indexOf("<h2 id=\"workflow-1-title\">"));
    assertThat(page)
        .containsSubsequence(
            "<figcaption>before</figcaption>",
            "<figcaption>after</figcaption>",
            "<figcaption>difference</figcaption>")
        .contains("1.5 s");
  }

  @Test
  void junitReadersUnderstandTheXml() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new java.io.ByteArrayInputStream(
                    JunitReport.of(REPORT).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-26T10:20:30");
    Element failed = (Element) xml.getElementsByTagName("testcase").item(1);
    assertThat(failed.getAttribute("classname")).isEqualTo("flows");
    assertThat(failed.getAttribute("name")).isEqualTo("wrong");
    assertThat(failed.getAttribute("file")).isEqualTo("flows/wrong.json");
    assertThat(failed.getAttribute("time")).isEqualTo("2.345");
    Element failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(failure.getTextContent())
        .isEqualTo("node 2, images: " + HOSTILE.replace('\u0007', '\ufffd'));
    assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
  }

  @Test
  void writesThreeFilesInPlaceOfOldOnes(@TempDir Path folder) throws IOException {
    REPORT.write(folder.resolve("new/report"));
    REPORT.write(folder.resolve("new/report"));
    try (var files = Files.list(folder.resolve("new/report"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("index.html", "junit.xml", "report.json");
    }
    assertThat(REPORT.json())
        .startsWith("{\"format\":1,\"passed\":false,")
        .contains(
            "\"counts\":{\"same\":1,\"different\":1,\"missing\":0,\"broken\":1,\"updated\":0}")
        .contains("\"workflow\":\"flows/wrong.json\",\"status\":\"different\"");
  }

  @Test
  void writesTheSameOnAMachineWithOtherDigits() throws IOException {
    String page = HtmlReport.of(REPORT);
    String xml = JunitReport.of(REPORT);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat("%d".formatted(7)).isEqualTo("\u0667");
      assertThat(HtmlReport.of(REPORT)).isEqualTo(page);
      assertThat(JunitReport.of(REPORT)).isEqualTo(xml);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void showsNoPictureBeyondReason() throws IOException {
    BufferedImage image = new BufferedImage(7000, 7000, BufferedImage.TYPE_BYTE_BINARY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    Content content = new Content(Kind.IMAGE, ".tif", bytes.toByteArray());
    assertThat(Embedded.of(content, "large")).contains("<p class=\"file\">image.tif, ");
  }

  @Test
  void saysThatAllIsWell() {
    Report good =
        new Report(
            List.of(verdict("fine", Verdict.Status.SAME)), "x", HOME, Instant.EPOCH, Duration.ZERO);
    assertThat(HtmlReport.of(good)).contains("<h1>The workflow is fine</h1>");
    assertThat(good.json()).contains("\"passed\":true");
  }
}
