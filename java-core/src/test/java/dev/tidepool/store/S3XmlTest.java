package dev.tidepool.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3XmlTest {
  private static S3Xml parse(String text) {
    return S3Xml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textsAreFoundByTheirPaths() {
    S3Xml xml =
        parse(
            "<?xml version='1.0'?><ListPartsResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>"
                + "<UploadId>a&amp;b</UploadId><!-- x --><Part><PartNumber>1</PartNumber>"
                + "<ETag>&quot;x&quot;</ETag></Part><Part><PartNumber>2</PartNumber></Part>"
                + "</ListPartsResult>");
    assertThat(xml.root()).isEqualTo("ListPartsResult");
    assertThat(xml.first("UploadId")).isEqualTo("a&b");
    assertThat(xml.all("Part/PartNumber")).containsExactly("1", "2");
    assertThat(xml.first("Part/ETag")).isEqualTo("\"x\"");
    assertThat(xml.first("Absent")).isEmpty();
  }

  @Test
  void documentTypesAndTheirEntitiesAreRefused(@TempDir Path temp) throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "hush");
    for (String type :
        new String[] {
          "<!DOCTYPE Error>",
          "<!DOCTYPE Error [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>",
          "<!DOCTYPE Error [<!ENTITY a 'ha'><!ENTITY x '&a;&a;&a;'>]>"
        }) {
      S3Xml xml = parse(type + "<Error><Code>NoSuchBucket</Code><Message>&x;</Message></Error>");
      assertThat(xml.root()).as(type).isEmpty();
      assertThat(xml.texts()).isEmpty();
    }
  }

  @Test
  void whatIsNoXmlSaysNothing() {
    assertThat(parse("").root()).isEmpty();
    assertThat(parse("<html><body>Sorry").root()).isEmpty();
    assertThat(parse("<a>".repeat(100) + "</a>".repeat(100)).root()).isEmpty();
  }

  @Test
  void partsAreJoinedInTheirOrderWithWhatTheyAreCalled() {
    byte[] body = S3Xml.completion(new TreeMap<>(Map.of(2, "\"b\"", 1, "<a>")));
    assertThat(new String(body, StandardCharsets.UTF_8))
        .endsWith(
            "<Part><PartNumber>1</PartNumber><ETag>&lt;a&gt;</ETag></Part>"
                + "<Part><PartNumber>2</PartNumber><ETag>\"b\"</ETag></Part>"
                + "</CompleteMultipartUpload>");
  }
}
